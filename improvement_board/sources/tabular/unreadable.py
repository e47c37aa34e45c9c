"""A file, or a part of one, that cannot be read any further."""

from __future__ import annotations


class UnreadableTableError(Exception):
    """What is wrong, as a sentence without the file's name; `row` says where, if it is known."""

    def __init__(self, message: str, row: int | None = None) -> None:
        super().__init__(message)
        self.row = row
