"""Rows that add up others: totals and subtotals among the rows of a table, with or without a date."""

from __future__ import annotations

import re

# In the common subset of Python's and DuckDB's expressions; compared in small letters.
TOTAL = (
    r"((grand|sub|overall|service|monthly|running|net)[ _-]?)?totals?( (of|for) .*|:.*)?"
    r"|.+[ :–—-]((grand|sub)[ _-]?)?totals?"
    r"|all[ _-](teams?|workers?|staff|services?|social workers?|children|areas?|localities|of the above)"
    r"|(overall|whole service|service[ -]?wide|council[ -]?wide|authority[ -]?wide|sum|ttl|tot|[(]all[)]|summary)"
)
TOTALS = (
    *("total", "totals", "grand total", "subtotal", "sub total", "all teams", "all workers", "all staff", "overall"),
    *("sum", "ttl", "tot"),
)
_TOTAL = re.compile(TOTAL)


def is_total(text: str | None) -> bool:
    """Whether the words where a row's own name or id should stand say that it is a total."""
    return text is not None and _TOTAL.fullmatch(" ".join(text.split()).lower()) is not None
