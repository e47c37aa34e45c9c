"""Data homes for a server, of few files."""

from __future__ import annotations

import shutil
from pathlib import Path

from improvement_board.declared.home import Home, default_home


def own_figures(folder: Path) -> Home:
    """The demonstration's latest edition in a home of its own, as if the figures were a council's own."""
    made, source = Home(folder / "home"), default_home()
    latest = max(source.editions.iterdir())
    shutil.copytree(latest, made.editions / latest.name)
    plan = source.plan.read_text(encoding="utf-8")
    made.plan.write_text(plan.replace("synthetic = true", "synthetic = false"), encoding="utf-8")
    return made
