"""Names and texts in a query's text, where DuckDB cannot bind them."""

from __future__ import annotations


def quoted(name: str) -> str:
    """A name as SQL takes any name."""
    return '"' + name.replace('"', '""') + '"'


def quoted_text(text: str) -> str:
    """A text as SQL takes any text."""
    return "'" + text.replace("'", "''") + "'"
