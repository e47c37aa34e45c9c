"""Which authority a file of the return is of, where it says so: the return itself does not, but tools add a column."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from improvement_board.sources.ssda903.csv_files import LINE_END, find_file_header
from improvement_board.sources.xml_text import beginning_of

NAMES = frozenset({"LA", "LEA", "LACODE", "LANUMBER", "LANAME", "LOCALAUTHORITY"})
ELEMENT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)\s*>([^<]+)<")


def authority_of(file: Path) -> str | None:
    """What the beginning of a file says of its authority first: a number, code or name; None where it says nothing."""
    try:
        text = beginning_of(file).replace("\0", "")
        header = find_file_header(text)
        if header is None:
            return next((said.strip() for name, said in ELEMENT.findall(text) if _is_authority(name)), None)
        column = next((column for column, cell in enumerate(header.cells) if _is_authority(cell)), None)
        lines = LINE_END.split(text)[header.line :]
        rows = csv.reader(lines, delimiter=header.separator)
        numbers = (row[column].strip() for row in rows if column is not None and len(row) > column)
        return next((cell for cell in numbers if cell), None)
    except (OSError, csv.Error):
        return None


def _is_authority(name: str) -> bool:
    return re.sub(r"[^A-Z]", "", name.upper()) in NAMES
