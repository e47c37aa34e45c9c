"""What goes into the judge and what comes out of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

IMPROVEMENT_DIRECTIONS = ("increase", "decrease", "neutral")
MINIMUM_BASELINE = 12
SHORT_GROUP_ROWS = 13
LARGEST_VALUE = 1e300


@dataclass(frozen=True)
class SeriesInput:
    """One series to judge.

    `values` has a number, None or NaN (missing) for each of `dates`, which may stand in any order but not repeat.
    `fix_after_n_points` (12 or more) takes the limits of a rebase group from its first rows only. A date in `rebase`
    starts a new group at the row with exactly that date; one that is not in `dates` does nothing.
    """

    dates: Sequence[date]
    values: Sequence[float | None]
    improvement_direction: str
    target: float | None = None
    screen_outliers: bool = True
    fix_after_n_points: int | None = None
    rebase: Sequence[date] = ()

    def check(self) -> None:
        """Raise ValueError, saying what is allowed, where the series cannot be judged."""
        if self.improvement_direction not in IMPROVEMENT_DIRECTIONS:
            allowed = ", ".join(IMPROVEMENT_DIRECTIONS)
            raise ValueError(f"improvement_direction is {self.improvement_direction!r}; allowed: {allowed}")
        if len(self.dates) != len(self.values):
            raise ValueError(f"{len(self.dates)} dates but {len(self.values)} values")
        if len(set(self.dates)) != len(self.dates):
            raise ValueError("a date stands more than once in the series")
        if self.fix_after_n_points is not None and self.fix_after_n_points < MINIMUM_BASELINE:
            raise ValueError(f"fix_after_n_points is {self.fix_after_n_points}; allowed: {MINIMUM_BASELINE} or more")
        if self.target is not None and not math.isfinite(self.target):
            raise ValueError(f"target is {self.target}; allowed: a finite number, or None")


@dataclass(frozen=True)
class Group:
    """The rows from one rebase date to the next: `first` is the index of its first row, `rows` how many it has.

    The lines are in the unit of the values, and None where undefined: `lpl` and `upl` are the process limits,
    `near_lpl` and `near_upl` lie two thirds of the way out to them. `average_moving_range` is the one the limits are
    made of, so after the screening of outliers.
    """

    number: int
    first: int
    rows: int
    mean: float | None
    lpl: float | None
    upl: float | None
    near_lpl: float | None
    near_upl: float | None
    average_moving_range: float | None

    @property
    def is_short(self) -> bool:
        """The peer warns below 13 rows."""
        return self.rows < SHORT_GROUP_ROWS


@dataclass(frozen=True)
class Judged:
    """One series in date order, judged. Every tuple but `groups` has one item for each date.

    `relative_to_mean` is -1, 0 or 1; `outside_limits` and `close_to_limits` are booleans; all three are None where the
    value is missing or what it is compared with is undefined. `special_cause_types` names the one rule shown for the
    point, `point_types` what it means for this series. `variation_type` is the point type of the last row;
    `assurance_type` is consistent_pass, consistent_fail, inconsistent, or None without a target or a direction.
    """

    dates: tuple[date, ...]
    values: tuple[float | None, ...]
    groups: tuple[Group, ...]
    relative_to_mean: tuple[int | None, ...]
    outside_limits: tuple[bool | None, ...]
    close_to_limits: tuple[bool | None, ...]
    special_cause_types: tuple[str, ...]
    point_types: tuple[str, ...]
    variation_type: str | None
    assurance_type: str | None
