"""Where the files stand that the program brings beside its code: queries, pages, app.py, settings, the demonstration.

In the repository they stand at its top level; an installed wheel brings them inside the package, in `shipped_files`.
"""

from __future__ import annotations

from pathlib import Path

from improvement_board.errors import InputError, Problem

_PACKAGE = Path(__file__).resolve().parent.parent
_IN_WHEEL = _PACKAGE / "shipped_files"

FOLDER = _IN_WHEEL if _IN_WHEEL.is_dir() else _PACKAGE.parent
APP = FOLDER / "app.py"
PAGES = FOLDER / "pages"
QUERIES = FOLDER / "queries"
DATA = FOLDER / "data"


def shipped_file(file: Path) -> Path:
    """A file or folder that every installation has. Raises InputError naming it where this one lacks it."""
    if not file.exists():
        message = "is missing from this installation of the program: install the program again"
        raise InputError(Problem(file, message))
    return file
