"""What somebody typed, as it may be said back to them."""

from __future__ import annotations

from improvement_board.words import plain

LONGEST = 80


def shown(value: str) -> str:
    """A value from an address as it may be repeated to a person: short, on one line, without control characters."""
    text = plain(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
