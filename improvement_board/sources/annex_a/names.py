"""Cells that say who: a child's id, the name of a team or a worker."""

from __future__ import annotations

import datetime as dt

from improvement_board.records.identifiers import is_cut, without_point_zero
from improvement_board.sources.annex_a.layout import annex_a_layout, comparable_text
from improvement_board.sources.values import UnfitValueError, text_of, words_of

LONGEST_EXACT_NUMBER = 1e15


class UnfitCellError(UnfitValueError):
    """As UnfitValueError, with the short name of the rule that is broken."""

    def __init__(self, rule: str, message: str, allowed: str) -> None:
        super().__init__(message, allowed)
        self.rule = rule


def name_of(cell: object) -> str | None:
    """A cell as the name of a team or a worker; None for what says that there is none. Raises PlaceholderError."""
    text = text_of(cell)
    return None if text is None or comparable_text(text) in annex_a_layout().not_a_name else words_of(text, "name")


def child_of(cell: object) -> str | None:
    """A cell as a child's id. Raises UnfitCellError for what Excel has changed: dates, long numbers."""
    allowed = "the child's id, as text where it has more than 15 digits"
    if isinstance(cell, (bool, dt.date, dt.time, dt.timedelta)):
        raise UnfitCellError("not-an-identifier", "is not an id", allowed)
    if isinstance(cell, float) and not cell.is_integer():
        raise UnfitCellError("not-an-identifier", "is not an id", allowed)
    text = words_of(cell)
    if text is None:
        return None
    if (isinstance(cell, float) and abs(cell) >= LONGEST_EXACT_NUMBER) or is_cut(text):
        raise UnfitCellError("identifier-cut", "has lost its last digits in Excel", allowed)
    return without_point_zero(text)
