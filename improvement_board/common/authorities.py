"""The authorities of England: the three-digit number in their returns, their GSS codes, their names.

The list is `data/authorities.csv`, from the Department for Education's publications: number, code, name; a row a code,
since codes change where numbers do not.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache

from improvement_board.common.shipped import DATA

FILE = DATA / "authorities.csv"


@lru_cache(maxsize=1)
def _rows() -> tuple[Mapping[str, str], ...]:
    with FILE.open(encoding="utf-8", newline="") as opened:
        return tuple(csv.DictReader(opened))


def authority_number(code: str) -> str | None:
    """The number of the authority that has, or had, a GSS code; None for a code of none."""
    return next((row["number"] for row in _rows() if row["code"] == code), None)


def authority_name(number: str) -> str | None:
    """The name of the authority with a number; None for a number of none."""
    return next((row["name"] for row in _rows() if row["number"] == number), None)


def number_in(text: str) -> str | None:
    """The number that a text of a return means: a number itself, known or not, or a known code or name; else None."""
    said = " ".join(text.split()).casefold()
    if said.isascii() and said.isdigit():
        return said.lstrip("0") or None
    return next((row["number"] for row in _rows() if said in (row["code"].casefold(), row["name"].casefold())), None)
