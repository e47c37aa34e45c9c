"""What somebody typed, as it may be said back to them."""

from __future__ import annotations

from improvement_board.words import on_one_line

LONGEST = 80


def show_asked(value: str) -> str:
    """A value from an address as it may be repeated to a person: short, on one line, without control characters."""
    text = on_one_line(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
