"""Moments that are written with a time zone, as the clock in England showed them: 23:00 UTC in summer is midnight."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

ENGLAND = ZoneInfo("Europe/London")
ZONE = re.compile(r"(?<=\d) ?(?:(?P<name>Z|UTC|GMT|BST)|(?P<sign>[+-])(\d{2})(?::?(\d{2}))?)$", re.IGNORECASE)
CLOCK = re.compile(r"\d{1,2}:\d{2}")
HOURS_AHEAD = {"bst": 1}


def zone_of(text: str) -> tuple[str, dt.timezone | None]:
    """A text without the time zone that it ends with, and that zone: Z, UTC, GMT, BST, +01:00, +0100 or +01.

    A text without a time of day, such as 2026-09-30+01:00, is a day as it is written: its zone is dropped and is None.
    Raises ValueError for an offset that no clock has.
    """
    match = ZONE.search(text)
    if match is None:
        return text, None
    has_clock = CLOCK.search(text[: match.start()])
    if match["sign"] and not has_clock and ":" not in match[0]:
        return text, None  # the end of 30-09-2026 is a year
    hours = int(match[3]) if match["sign"] else HOURS_AHEAD.get(match["name"].lower(), 0)
    ahead = dt.timedelta(hours=hours, minutes=int(match[4] or 0))
    zone = dt.timezone(-ahead if match["sign"] == "-" else ahead)
    return text[: match.start()], zone if has_clock else None


def in_england(moment: dt.datetime) -> dt.datetime:
    """A moment as the clock in England showed it, without its zone; one that has no zone is as it is written."""
    return moment if moment.tzinfo is None else moment.astimezone(ENGLAND).replace(tzinfo=None)
