"""Ids of children, workers and cases, however a file writes them: capitals, leading zeros, spaces, numbers as text.

Two writings are of one id where `canonical` gives the same. Councils' files write one id in several ways: Excel drops
leading zeros and adds `.0`, one system writes capitals where another does not, exports pad with spaces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

PLAIN = re.compile(r"[A-Z][A-Z0-9]*|0|[1-9][0-9]*")
WHOLE = re.compile(r"0*([0-9]+)(?:\.0*)?")
GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.0*)?")
POWER = re.compile(r"([0-9])\.([0-9]+)E([0-9]{1,2})")
POINT_ZERO = re.compile(r"([0-9]+)\.0+")
CUT = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]+", re.IGNORECASE)
MADE_BY_US = "|"  # between the parts of an id that an adapter makes
LONGEST_NUMBER = 12


def is_cut(text: str) -> bool:
    """Whether Excel has shown a long number in so few digits that the id is lost, as in 1.23E+11."""
    return CUT.fullmatch(text.strip()) is not None


def without_point_zero(text: str) -> str:
    """A text, without the .0 that Excel gives a whole number."""
    whole = POINT_ZERO.fullmatch(text)
    return whole[1] if whole else text


@lru_cache(maxsize=20_000)
def canonical(text: str) -> str:
    """What all writings of an id have in common: capitals, without accents; with a digit in it, without spaces; a whole
    number without leading zeros, `.0` and separators, 1.0E3 too. One without a digit may be a name: spaces are one."""
    if PLAIN.fullmatch(text) or MADE_BY_US in text:
        return text
    plain = unicodedata.normalize("NFKD", text.strip().removeprefix("=").strip("\"'"))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter)).upper()
    has_digit = any(letter.isdigit() for letter in letters)
    joined = ("" if has_digit else " ").join(letters.split())
    if GROUPED.fullmatch(joined):
        joined = joined.replace(",", "")
    power = POWER.fullmatch(joined)
    if power and len(power[2].rstrip("0")) <= int(power[3]) <= LONGEST_NUMBER:
        joined = (power[1] + power[2].rstrip("0")).ljust(int(power[3]) + 1, "0")
    whole = WHOLE.fullmatch(joined)
    return whole[1] if whole else joined


def tidy(text: str) -> str:
    """An id as it is written, without what Excel put to it: `.0`, separators, powers of ten, marks about it."""
    plain = text.strip().removeprefix("=").strip("\"'")
    if plain[:1].isdigit() and not plain.isdigit():
        return plain.partition(".")[0] if WHOLE.fullmatch(plain) else _as_number(plain)
    return plain


def _as_number(text: str) -> str:
    same = canonical(text)
    return same if same.isdigit() else text


def writings(text: str) -> Iterator[str]:
    """Usual writings of an id: as it is, in capitals, in small letters, as a name, with leading zeros."""
    same = canonical(text)
    yield from dict.fromkeys((text, same, same.lower(), same.title()))
    if same.isdigit():
        yield from (same.zfill(width) for width in range(len(same) + 1, LONGEST_NUMBER + 1))
