"""What protection is told: which counts are small, which KPIs count the same children."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from improvement_board.errors import InputError, Problem
from improvement_board.tables import QUERIES

SESSIONS_A_CHILD = 46


@cache
def declared_families() -> tuple[tuple[str, ...], ...]:
    """The families of `queries/protection/same_children.toml`."""
    text = (QUERIES / "protection" / "same_children.toml").read_text(encoding="utf-8")
    return tuple(tuple(family) for family in tomllib.loads(text)["families"])


@dataclass(frozen=True)
class Settings:
    """The rules' numbers.

    `threshold`: a count of 0 to this many is small. `least_denominator`: a team's rate is given from this many on.
    `units_a_child`: for a KPI that counts something a child has many of in a month (sessions of school), how many;
    its small counts and its least denominator are so many times larger. `families`: the KPIs that count the same
    children, each in one family at most.
    """

    threshold: int = 5
    least_denominator: int = 10
    units_a_child: Mapping[str, int] = field(
        default_factory=lambda: MappingProxyType({"attendance_social_worker": SESSIONS_A_CHILD})
    )
    families: tuple[tuple[str, ...], ...] = field(default_factory=declared_families)

    def __post_init__(self) -> None:
        """Raises InputError for numbers that protect nothing."""
        if self.threshold < 1 or self.least_denominator <= self.threshold:
            message = "the threshold must be 1 or more, and the least denominator above it"
            raise InputError(Problem(None, message, value=f"{self.threshold}, {self.least_denominator}"))

    @property
    def candidates(self) -> int:
        """How many values a small count must be able to have: one more than the small ones, so never only those."""
        return self.threshold + 1

    def is_small(self, kpi: str, count: float) -> bool:
        """Whether a count may not be given; 0 is small too, since otherwise a blank would say "at least 1"."""
        return count < self.threshold * self.units_a_child.get(kpi, 1) + 1

    def least(self, kpi: str) -> int:
        """The least denominator of a team's rate."""
        return self.least_denominator * self.units_a_child.get(kpi, 1)
