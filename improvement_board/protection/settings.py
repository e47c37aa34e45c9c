"""What protection is told: which counts are small, which KPIs count the same children."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from improvement_board.declared.kpis import Definition, load_library
from improvement_board.declared.plan import Plan
from improvement_board.declared.toml import shipped_toml
from improvement_board.errors import InputError, Problem

UNCERTAIN = 10  # times as large as others must a count be of which it is not known how many children it is of


@cache
def _declared() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    declared = shipped_toml("protection/same_children.toml")
    return {name: tuple(tuple(kpis) for kpis in lists) for name, lists in declared.items()}


def families_in(definitions: Mapping[str, Definition]) -> tuple[tuple[str, ...], ...]:
    """The KPIs whose definitions name the same children (`children_of`), where there are several."""
    by_text: dict[str, list[str]] = {}
    for definition in definitions.values():
        if definition.children_of:
            by_text.setdefault(definition.children_of, []).append(definition.id)
    return tuple(tuple(family) for family in by_text.values() if len(family) > 1)


@cache
def declared_families() -> tuple[tuple[str, ...], ...]:
    """The families of the library of KPIs."""
    return families_in(load_library())


def merge_families(families: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Families that overlap as one."""
    joined: list[tuple[str, ...]] = []
    for family in families:
        touched = [other for other in joined if set(other) & set(family)]
        joined = [other for other in joined if other not in touched]
        joined.append(tuple(dict.fromkeys(kpi for other in (*touched, family) for kpi in other)))
    return tuple(joined)


@dataclass(frozen=True)
class Settings:
    """The rules' numbers.

    `threshold`: a count of 0 to this many is small. `least_denominator`: a team's rate is given from this many on.
    `families`: the KPIs that count the same children, each in one family at most. `within`: pairs of a family, of which
    every child in the first one's numerator is in the second one's. `averages`: averages with children over something
    that anybody may know.
    """

    threshold: int = 5
    least_denominator: int = 10
    families: tuple[tuple[str, ...], ...] = field(default_factory=declared_families)
    within: tuple[tuple[str, ...], ...] = field(default_factory=lambda: _declared()["within"])
    averages: tuple[str, ...] = field(default_factory=lambda: _declared()["averages"][0])

    def __post_init__(self) -> None:
        """Raises InputError for numbers that protect nothing."""
        if self.threshold < 1 or self.least_denominator <= self.threshold:
            message = "the threshold must be 1 or more, and the least denominator above it"
            raise InputError(Problem(None, message, value=f"{self.threshold}, {self.least_denominator}"))

    def relatives(self, kpi: str) -> tuple[str, ...]:
        """The other KPIs of its family, in an edition or not."""
        return next(
            (tuple(relative for relative in family if relative != kpi) for family in self.families if kpi in family), ()
        )

    def is_banded(self, kpi: str, unit: str) -> bool:
        """Whether teams may have bands."""
        return unit == "percent" or (unit == "average" and kpi in self.averages)

    @property
    def candidates(self) -> int:
        """How many values a small count must be able to have: one more than the small ones, so never only those."""
        return self.threshold + 1

    def is_small(self, count: float, hidden: int = 1, *, is_certain: bool = True) -> bool:
        """Whether a count may not be given that is the sum of so many figures, all of them hidden (or of itself).

        Not all of it may be needed by the other figures being 1 or more: then each still runs from 1 to one above the
        threshold. 0 is small too, since otherwise a blank would say "at least 1".
        """
        return count < (self.threshold + hidden) * (1 if is_certain else UNCERTAIN)


def settings_of(plan: Plan, definitions: Mapping[str, Definition] | None = None) -> Settings:
    """The rules of a council: the numbers of its plan, and its families merged with those that definitions declare, of
    the library and of an edition."""
    rules = plan.protection
    families = merge_families([*families_in({**load_library(), **(definitions or {})}), *rules.same_children])
    return Settings(rules.threshold, rules.least_denominator, families=families)
