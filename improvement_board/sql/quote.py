"""Names in a query's text."""

from __future__ import annotations


def quoted(name: str) -> str:
    """A name as SQL takes any name."""
    return '"' + name.replace('"', '""') + '"'
