"""Which editions a data home holds, which of them can be served, and what is wrong with the others."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from improvement_board.declared.home import Home
from improvement_board.editions.manifest import MANIFEST, EditionName, Manifest, read_manifest
from improvement_board.editions.withdrawal import is_withdrawn, read_withdrawal
from improvement_board.errors import InputError


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


def own_editions(home: Home) -> tuple[Path, ...]:
    """The folders of the finished editions that are, or may be, of a council's own records: those that do not say in
    their manifest that they were made from made-up records or published figures, and those whose manifest cannot be
    read."""
    return tuple(folder for folder in finished_editions(home).values() if _is_own(folder))


def _is_own(folder: Path) -> bool:
    try:
        seen = (folder / MANIFEST).stat()
    except OSError:
        return True
    return _manifest_is_own(folder, seen.st_mtime_ns, seen.st_size)


@lru_cache(maxsize=512)
def _manifest_is_own(folder: Path, _changed: int, _size: int) -> bool:
    try:
        return read_manifest(folder).is_own
    except InputError:
        return True


def latest_editions(home: Home) -> dict[EditionName, Path]:
    """The last revision of each edition date that is not withdrawn, oldest first."""
    standing = {name: folder for name, folder in finished_editions(home).items() if not is_withdrawn(folder)}
    latest = {name.day: (name, folder) for name, folder in standing.items()}
    return dict(latest.values())


def shown_instead(name: EditionName, served: Sequence[EditionName]) -> EditionName | None:
    """Which of the editions served stands in for one that is withdrawn: another revision of its date, else the last
    before it, else the latest."""
    same = [other for other in served if other.day == name.day]
    before = [other for other in served if other.day < name.day]
    return next((found[-1] for found in (same, before, list(served)) if found), None)


def edition_before(home: Home, manifest: Manifest) -> EditionName | None:
    """The edition that one was compared with at publishing: the last of an earlier date, one withdrawn since too."""
    compared: dict[object, EditionName] = {}
    for name, folder in finished_editions(home).items():
        mark = read_withdrawal(folder)
        stood = mark is None or (mark.withdrawn is not None and mark.withdrawn >= manifest.published)
        if name.day < manifest.edition and stood:
            compared[name.day] = name
    return list(compared.values())[-1] if compared else None
