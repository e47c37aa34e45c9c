"""Councils whose indicators count one child several times: visits, invitations, half days, and one child by two units.

Each child of a month has visits of one or two kinds (counted by `seen` and by `alone`), may have a conference to which
agencies are invited (`invited`), has half days of school (`school`), and a worker (`held`), who may be a social worker
with a caseload (`load`). Indicators come and go, and months are restated.
"""

from __future__ import annotations

import datetime as dt
import math
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from attack import COMPLEMENT, NUMERATOR, Attack, Cell, Known, Relation
from councils import csv_of, months_back, months_in
from figures import Score, Truth, score, small_figures
from northbridge import rest_of

from improvement_board.protection import ChildRow, CountRow, MeasuredKpi, Protected, Settings, protect

KINDS = ("few children", "one child often", "ordinary", "many")
MEASURED = (
    MeasuredKpi("seen", "percent", "flow"),
    MeasuredKpi("alone", "percent", "flow"),
    MeasuredKpi("invited", "percent", "flow"),
    MeasuredKpi("school", "percent", "flow"),
    MeasuredKpi("held", "percent", "snapshot"),
    MeasuredKpi("load", "average", "snapshot", part_of="held"),
)
RULES = Settings(families=(("seen", "alone"), ("held", "load")), within=(), averages=("load",))
SPLIT = {
    "seen": ("home", "office"),
    "invited": ("health", "police", "school"),
    "held": ("care", "need"),
    "load": ("care", "need"),
}
HALF_DAYS = (30, 40)
WORKERS = 3.0


@dataclass(frozen=True)
class Event:
    """One of what an indicator counts, of a child."""

    kpi: str
    team: str
    category: str | None
    month: str
    child: str
    is_in: bool


@dataclass(frozen=True)
class RepeatedCouncil:
    """Editions, oldest first: the last month, the indicators given, and all that was recorded by then."""

    editions: tuple[tuple[str, tuple[str, ...], tuple[Event, ...]], ...]
    teams: tuple[str, ...]
    months: tuple[str, ...]

    def publish(self) -> list[Protected]:
        """Its protected editions, each beside those before."""
        published: list[Protected] = []
        for last, given, events in self.editions:
            kpis = [kpi for kpi in MEASURED if kpi.id in given]
            day, mine = dt.date.fromisoformat(last), [event for event in events if event.kpi in given]
            published.append(protect(kpis, list(_counts(mine)), day, tuple(published), RULES, list(_children(mine))))
        return published

    def known(self, truth: Truth) -> Known:
        """What anybody knows of it."""
        units = {(team, month): WORKERS for team in self.teams for month in self.months}
        there = {kpi.id: frozenset(cell[3] for cell in truth.counts if cell[0] == kpi.id) for kpi in MEASURED}
        known = Known(
            {kpi.id: kpi.timing for kpi in MEASURED}, self.teams, self.months, linked=[("seen", "alone")],
            categories=dict(SPLIT), units={"load": units}, each={"school": HALF_DAYS}, there=there,
        )  # fmt: skip
        owners = [("team", name) for name in self.teams] + [("category", name) for name in SPLIT["load"]]
        facts = [
            Relation(rest_of(known, "load", "held", owner, month), 0.0, math.inf)
            for owner in (None, *(("load", kind, name, "") for kind, name in owners))
            for month in self.months
        ]
        return replace(known, facts=facts)


def repeated_council(kind: str, seed: int, length: int = 15, *, restated: float = 0.0) -> RepeatedCouncil:
    """A council of two teams and of children without one, with two or three editions."""
    dice = random.Random(f"repeated {kind} {seed}")
    months = months_in(f"{months_back('2025-09-30', length)}..2025-09-30", "2025-09-30")
    teams = ("", "A", "B")
    size = {"few children": 4, "one child often": 3, "ordinary": 12, "many": 40}[kind]
    children = {f"{team}{number}": team for team in teams for number in range(dice.randint(1, 2 * size) if team else 3)}
    kinds = {child: dice.choices(("care", "need"), (1, 4))[0] for child in children}
    recorded: dict[str, list[Event]] = {}
    editions = []
    for last in [*sorted(dice.sample(months[5:-1], dice.randint(1, 2))), months[-1]]:
        for month in months:
            if month <= last and (month not in recorded or dice.random() < restated):
                recorded[month] = list(_month(kind, month, children, kinds, dice))
        events = [event for month_events in recorded.values() for event in month_events]
        given = tuple(kpi.id for kpi in MEASURED if dice.random() < 0.85 or last == months[-1])
        editions.append((last, given, tuple(events)))
    return RepeatedCouncil(tuple(editions), teams, tuple(months))


def _month(
    kind: str, month: str, children: Mapping[str, str], kinds: Mapping[str, str], dice: random.Random
) -> Iterator[Event]:
    for child, team in children.items():
        if dice.random() < 0.3:
            continue
        for _ in range(dice.randint(4, 9) if kind == "one child often" else dice.randint(0, 3)):
            where = dice.choices(("home", "office"), (5, 1))[0]
            yield Event("seen", team, where, month, child, dice.random() < 0.7)
            yield Event("alone", team, None, month, child, dice.random() < 0.5)
        if dice.random() < 0.4:
            agencies = [name for name in SPLIT["invited"] if name == "health" or dice.random() < 0.5]
            yield from (Event("invited", team, name, month, child, dice.random() < 0.8) for name in agencies)
        missed = dice.choice((0, 0, 0, 2, 20))
        yield from (Event("school", team, None, month, child, day >= missed) for day in range(dice.randint(*HALF_DAYS)))
        yield Event("held", team, kinds[child], month, child, dice.random() < 0.4)
        if dice.random() < 0.9:
            yield Event("load", team, kinds[child], month, child, True)


def _counts(events: Iterable[Event]) -> Iterator[CountRow]:
    counts_by_cell: dict[tuple[str, str, str, str | None], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for event in events:
        both = counts_by_cell[event.kpi, event.month, event.team, event.category]
        both[0], both[1] = both[0] + event.is_in, both[1] + 1
    for (kpi, month, team, category), (top, below) in counts_by_cell.items():
        over = WORKERS / 2 if kpi == "load" else below
        yield CountRow(kpi, dt.date.fromisoformat(month), team or None, category, top, over)


def _children(events: Iterable[Event]) -> Iterator[ChildRow]:
    """Of indicators that may count a child twice, how many there are, and since when they were there before."""
    months: dict[tuple[str, str | None, str | None, str], dict[str, set[dt.date]]] = defaultdict(
        lambda: defaultdict(set)
    )
    for event in events:
        if event.kpi in ("held", "load"):
            continue
        owners = {(None, None), (event.team or None, None), (None, event.category)}
        for team, category in owners:
            for part in ("total", "numerator" if event.is_in else "complement"):
                months[event.kpi, team, category, part][event.child].add(dt.date.fromisoformat(event.month))
    for (kpi, team, category, part), days_by_child in months.items():
        rows: dict[tuple[dt.date, dt.date | None], int] = defaultdict(int)
        for days in days_by_child.values():
            before = None
            for day in sorted(days):
                rows[day, before] += 1
                before = day
        yield from (ChildRow(kpi, team, category, part, *ends, many) for ends, many in rows.items())


def truth_of(events: Sequence[Event]) -> Truth:
    """The counts and children of every cell."""
    counts: dict[Cell, float] = defaultdict(float)
    children: dict[Cell, set[str]] = defaultdict(set)
    for event in events:
        part = NUMERATOR if event.is_in else COMPLEMENT
        for owner in (("team", event.team), ("category", event.category)):
            if owner[1] is not None and (event.kpi != "load" or part == NUMERATOR):
                cell = (event.kpi, owner[0], owner[1], event.month, part)
                counts[cell] += 1
                children[cell].add(event.child)
    named = frozenset(cell[0] for cell in children)
    return Truth(counts, {cell: frozenset(names) for cell, names in children.items()}, named)


def repeated_breaches(council: RepeatedCouncil, editions: Sequence[Protected]) -> Score:
    """What all editions together give away of any edition's truth, the later figures trusted and the earlier."""
    total_score = Score()
    texts = [csv_of(edition.rows) for edition in editions]
    for edition_number, (_, _, events) in enumerate(council.editions):
        if council.editions[-1] is council.editions[edition_number] or not set(events) <= set(council.editions[-1][2]):
            truth = truth_of(events)
            known = council.known(truth)
            attack = Attack(known, texts, trust_first=events is not council.editions[-1][2])
            total_score.add(score(attack, small_figures(truth, known)))
    return total_score
