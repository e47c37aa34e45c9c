"""Which editions a data home holds, which of them can be served, and what is wrong with the others."""

from __future__ import annotations

from pathlib import Path

from improvement_board.editions.manifest import MANIFEST, EditionName
from improvement_board.home import Home


def edition_folders(home: Home) -> dict[EditionName, Path]:
    """Every folder that has an edition's name, finished or not, oldest first."""
    if not home.editions.is_dir():
        return {}
    found = {}
    for folder in home.editions.iterdir():
        name = EditionName.parse(folder.name)
        if name is not None and folder.is_dir():
            found[name] = folder
    return dict(sorted(found.items()))


def finished_editions(home: Home) -> dict[EditionName, Path]:
    """Every edition with a manifest, oldest first: its name and folder."""
    return {name: folder for name, folder in edition_folders(home).items() if (folder / MANIFEST).is_file()}


def latest_editions(home: Home) -> dict[EditionName, Path]:
    """The last revision of each edition date, oldest first."""
    latest = {name.day: (name, folder) for name, folder in finished_editions(home).items()}
    return dict(latest.values())
