"""Small parts of sentences: names as they are said, lists, ordinals, and which direction is good."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from improvement_board.declared.kpis import Better
from improvement_board.errors import printable
from improvement_board.figures.series import Grain, Series

Direction = Literal[1, -1]

TOO_FEW = "too few to say"

PERIOD_NAMES: dict[Grain, tuple[str, str]] = {
    "month": ("month", "months"),
    "quarter": ("quarter", "quarters"),
    "year": ("year", "years"),
}
MONTHS_OF: dict[Grain, int] = {"month": 1, "quarter": 3, "year": 12}


def on_one_line(text: str) -> str:
    """A name from somebody's file on one line: control characters and runs of white space become one space."""
    return " ".join(printable(text).split())


def place_name(series: Series) -> str:
    """Whose figures a series holds: "Assessment North, Child protection"; empty for the whole service."""
    parts = []
    if series.level != "service" and (series.team or series.level == "team"):
        parts.append(on_one_line(series.team) if series.team else "Team not recorded")
    if series.level == "worker":
        parts.append(f"worker {on_one_line(series.worker)}" if series.worker else "worker not recorded")
    if series.category:
        parts.append(on_one_line(series.category))
    return ", ".join(parts)


def subject(series: Series) -> str:
    """The KPI's title after the name of team, worker or category: "Assessment North: Agency rate"."""
    name, title = place_name(series), on_one_line(series.definition.title)
    return f"{name}: {title}" if name else title


def listing(parts: Sequence[str]) -> str:
    """a; a and b; a, b and c."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def shortened(parts: Sequence[str], most: int = 3) -> str:
    """A listing of the first few parts and how many more there are."""
    if len(parts) <= most:
        return listing(parts)
    return listing([*parts[:most], f"{len(parts) - most} more"])


def counted(number: int, one: str, many: str) -> str:
    """1 team; 2 teams; 1,204 teams."""
    return f"{number:,} {one if number == 1 else many}"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th … 11th, 12th, 13th … 21st."""
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"


def goodness(side: Direction, better: Better) -> Literal["better", "worse"] | None:
    """Whether lying above (1) or below (-1) something is better or worse; None where neither direction is better."""
    if better == "neither":
        return None
    return "better" if (side == 1) == (better == "higher") else "worse"


def months_between(earlier: date, later: date) -> int:
    """Calendar months from one day's month to another's."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def period_plural(series: Series) -> str:
    """What a series' points are called when they follow one another: months; "figures" where a period is left out."""
    steps = zip(series.period_ends, series.period_ends[1:], strict=False)
    is_unbroken = all(months_between(earlier, later) == MONTHS_OF[series.grain] for earlier, later in steps)
    return PERIOD_NAMES[series.grain][1] if is_unbroken else "figures"
