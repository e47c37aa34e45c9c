"""Queries by name: `queries/views/<view>.sql`."""

from __future__ import annotations

from functools import cache

from improvement_board.common.shipped import QUERIES


@cache
def read_view(name: str) -> str:
    """The text of a view's query."""
    return (QUERIES / "views" / f"{name}.sql").read_text(encoding="utf-8")
