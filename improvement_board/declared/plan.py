"""The improvement plan: which KPIs serve which ambition, with which targets. The council's own, changed without code.

`plan.toml` is the whole of it: council, board meetings, 0-17 population, services, ambitions and KPIs, parameters.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, Field, model_validator

from improvement_board.declared.toml import Declared

RESERVED_ADDRESSES = frozenset(
    {
        "indicator",
        "team",
        "about",
        "actions",
        "voices",
        "audits",
        "data-quality",
        "data_quality",
        "plan",
        "what-changed",
        "indicators",
        "what_changed",
        "access",
        "access-record",
        "access_record",
        "settings",
        "oauth2callback",
    }
)
AMBITION_ID = re.compile(r"[a-z][a-z0-9_-]{0,40}")
GSS_CODE = re.compile(r"[EWNS]\d{8}")
LA_NUMBER = re.compile(r"\d{3}", re.ASCII)
Item = TypeVar("Item")


def _ambition_id(value: str) -> str:
    if not AMBITION_ID.fullmatch(value):
        raise ValueError("an ambition's id is its address: lower-case letters, digits, - and _, starting with a letter")
    if value in RESERVED_ADDRESSES:
        raise ValueError(f"is the address of another page; not allowed: {', '.join(sorted(RESERVED_ADDRESSES))}")
    return value


def _gss_code(value: str) -> str:
    if not GSS_CODE.fullmatch(value):
        raise ValueError("a GSS code is a letter and eight digits, such as E08000009")
    return value


def _la_number(value: str) -> str:
    if not LA_NUMBER.fullmatch(value):
        raise ValueError('an authority\'s number is three digits in quotes, such as "301"')
    return value


def _at_least_one(values: tuple[Item, ...]) -> tuple[Item, ...]:
    """Checked only once every entry is right, so that a wrong entry is told as itself and not as a missing one."""
    if not values:
        raise ValueError("there must be at least one")
    return values


class Council(Declared):
    """Who the plan is for.

    `synthetic` and `published` say what the home is for: whether its figures are made up, or published statistics. They
    never open anything: what an edition was made from stands in its manifest. `la_numbers` are the numbers in the
    council's returns, where data/authorities.csv does not have them.
    """

    name: str = Field(min_length=1, max_length=80)
    code: Annotated[str, AfterValidator(_gss_code)]
    synthetic: bool = Field(strict=True)
    published: bool = Field(default=False, strict=True)
    la_numbers: tuple[Annotated[str, AfterValidator(_la_number)], ...] = ()
    region: Annotated[str, AfterValidator(_gss_code)] | None = None


class Meeting(Declared):
    """A board meeting and the edition it reads."""

    date: dt.date
    edition: dt.date


class Service(Declared):
    """A service and its teams, where no source gives them."""

    name: str
    teams: tuple[str, ...]


class PlannedTarget(Declared):
    """A target and the day it holds from."""

    from_: dt.date = Field(alias="from")
    value: float = Field(allow_inf_nan=False, strict=True)


class PlannedKpi(Declared):
    """A KPI under an ambition. `lead` KPIs stand on the ambition's card; with none marked, its first three do.

    `watch`: of a KPI of which neither direction is better, the one that worries the board. `least_change`: the least
    that matters in the KPI's own unit, in place of the plan's. `question`: what to ask where it is worse.
    """

    kpi: str
    targets: tuple[PlannedTarget, ...] = ()
    tolerance: float = Field(default=0.0, ge=0, allow_inf_nan=False, strict=True)
    lead: bool = Field(default=False, strict=True)
    watch: Literal["high", "low"] | None = None
    least_change: float | None = Field(default=None, ge=0, allow_inf_nan=False, strict=True)
    question: str = Field(default="", max_length=200)

    @model_validator(mode="after")
    def _in_order(self) -> PlannedKpi:
        days = [target.from_ for target in self.targets]
        if days != sorted(set(days)):
            raise ValueError("targets must be in the order of their `from` days, each day once")
        return self

    def target_at(self, day: dt.date) -> float | None:
        """The target in force on a day."""
        return next((target.value for target in reversed(self.targets) if target.from_ <= day), None)


class Ambition(Declared):
    """One aim of the plan and the KPIs that serve it, in the plan's order.

    `verdict`: how it stands by the council's own judgement, in place of the rule's, for editions up to `verdict_until`.
    """

    id: Annotated[str, AfterValidator(_ambition_id)]
    title: str = Field(min_length=1, max_length=80)
    statement: str
    sponsor: str = ""
    verdict: Literal["worse", "better", "mixed", "no real change"] | None = None
    verdict_reason: str = Field(default="", max_length=300)
    verdict_until: dt.date | None = None
    kpi: Annotated[tuple[PlannedKpi, ...], AfterValidator(_at_least_one)]

    @property
    def leads(self) -> tuple[PlannedKpi, ...]:
        """The KPIs on the ambition's card."""
        return tuple(planned for planned in self.kpi if planned.lead) or self.kpi[:3]


class Neighbours(Declared):
    """Comparators of the plan's own: named neighbours where the published model has none (a fictional council)."""

    neighbours: tuple[str, ...] = ()
    note: str = ""


class Protection(Declared):
    """Small numbers: a count of 0 to `threshold` is small, a team's figure needs `least_denominator` children, and the
    KPIs of each list in `same_children` count the same children."""

    threshold: int = Field(default=5, ge=1, le=100, strict=True)
    least_denominator: int = Field(default=10, le=1000, strict=True)
    same_children: tuple[Annotated[tuple[str, ...], Field(min_length=2)], ...] = ()

    @model_validator(mode="after")
    def _protects(self) -> Protection:
        if self.least_denominator <= self.threshold:
            raise ValueError("least_denominator must be above the threshold")
        return self


class VerdictRules(Declared):
    """When a change is large enough to matter, and which KPIs an ambition's verdict is of.

    `least_points`: of percentages, in percentage points. `least_share`: of every other unit, in per cent of the
    average of the baseline. `ambition`: its lead KPIs, or all that serve it.
    """

    least_points: float = Field(default=1.0, ge=0, le=100, allow_inf_nan=False, strict=True)
    least_share: float = Field(default=5.0, ge=0, le=100, allow_inf_nan=False, strict=True)
    ambition: Literal["leads", "all"] = "leads"


class FixedBaseline(Declared):
    """The first and last month that a KPI's present is held against, in place of the 24 before the last six."""

    first: dt.date
    last: dt.date

    @model_validator(mode="after")
    def _in_order(self) -> FixedBaseline:
        if self.last < self.first:
            raise ValueError("last must not be before first")
        return self


class Plan(Declared):
    """The whole plan. `baseline` is by KPI."""

    council: Council
    meeting: tuple[Meeting, ...] = ()
    population: Mapping[str, Annotated[int, Field(gt=0, strict=True)]] = Field(default_factory=dict)
    service: tuple[Service, ...] = ()
    ambition: Annotated[tuple[Ambition, ...], AfterValidator(_at_least_one)]
    parameters: Mapping[str, Mapping[str, Any]] = Field(default_factory=dict)
    benchmarks: Neighbours = Neighbours()
    protection: Protection = Protection()
    verdicts: VerdictRules = VerdictRules()
    baseline: Mapping[str, FixedBaseline] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _unique(self) -> Plan:
        ids = [ambition.id for ambition in self.ambition]
        for name in ids:
            if ids.count(name) > 1:
                raise ValueError(f"ambition {name} is there twice")
        for ambition in self.ambition:
            kpis = [planned.kpi for planned in ambition.kpi]
            for name in kpis:
                if kpis.count(name) > 1:
                    raise ValueError(f"ambition {ambition.id} names the KPI {name} twice")
        bad = [year for year in self.population if not re.fullmatch(r"\d{4}", year)]
        if bad:
            raise ValueError(f"population is by year, such as 2025 = 52000; not {bad[0]}")
        return self

    @property
    def kpis(self) -> tuple[str, ...]:
        """Every KPI of the plan once, in the plan's order."""
        return tuple(dict.fromkeys(planned.kpi for ambition in self.ambition for planned in ambition.kpi))

    def planned(self, kpi: str) -> PlannedKpi | None:
        """The first entry of a KPI in the plan: its targets are the KPI's targets wherever it is shown."""
        return next((entry for ambition in self.ambition for entry in ambition.kpi if entry.kpi == kpi), None)

    def ambition_of(self, kpi: str) -> Ambition | None:
        """The first ambition a KPI serves."""
        return next((ambition for ambition in self.ambition if any(entry.kpi == kpi for entry in ambition.kpi)), None)

    def years_without_population(self, first: dt.date) -> tuple[int, int] | None:
        """The first and the last year that a population is missing for, from a month on; None where none is missing, or
        the plan gives none at all."""
        earliest = min(map(int, self.population), default=first.year)
        return (first.year, earliest - 1) if first.year < earliest else None

    def population_at(self, day: dt.date) -> int | None:
        """The 0-17 population of the day's year, or of the latest year before it that the plan gives."""
        years = sorted(int(year) for year in self.population if int(year) <= day.year)
        return self.population[str(years[-1])] if years else None

    def next_meeting(self, edition: dt.date) -> Meeting | None:
        """The board meeting that reads an edition."""
        return next((meeting for meeting in self.meeting if meeting.edition == edition), None)
