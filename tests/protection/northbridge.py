"""What anybody knows of the demonstration council, from the library of indicators; its true counts; what it gives out.

Which indicators count the same children is written here from their words, not read from the definitions: the attack
shares no code with the protection. Every fact is held to the truth before it is used (`knowledge`).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

import duckdb
from attack import COMPLEMENT, NUMERATOR, Cell, Known, Relation, Terms
from figures import Place, Small, Truth, small_periods

from improvement_board.declared.kpis import load_library

# Of the same children, month by month: all of one, all of the other.
SAME = (
    ("assessments_45_days", "assessments_not_in_need"),
    ("domestic_abuse_factor", "exploitation_factor"),
    ("persistent_absence_social_worker", "severe_absence_social_worker"),
    ("cp_neglect", "cp_over_2_years"),
    ("children_in_care", "placements_three_or_more"),
    ("care_leavers_in_touch", "care_leavers_eet"),
    ("care_leavers_in_touch", "pathway_plans_on_time"),
    ("audits_good", "audits_inadequate"),
    ("audits_moderated", "audits_with_family"),
    ("referrals", "re_referrals"),
    ("early_help_started", "school_led_early_help"),
)
# Some of the children of the other: those left over are children too.
PART_OF = (
    ("contact_decisions_1_day", "contacts"),
    ("repeat_domestic_abuse", "contacts"),
    ("domestic_abuse_factor", "assessments_45_days"),
    ("neglect_tool_used", "assessments_45_days"),
    ("cp_visits_on_time", "cp_neglect"),
    ("cp_reviews_on_time", "cp_neglect"),
    ("cp_reviews_on_time", "cp_visits_on_time"),
    ("cla_visits_on_time", "children_in_care"),
    ("health_assessments_on_time", "children_in_care"),
    ("health_assessments_on_time", "cla_visits_on_time"),
    ("long_term_stability", "children_in_care"),
    ("long_term_stability", "health_assessments_on_time"),
    ("life_story_work", "children_in_care"),
    ("peps_on_time", "children_in_care"),
    ("care_leavers_suitable_home", "care_leavers_in_touch"),
    ("audits_good", "audits_moderated"),
    ("average_caseload", "three_social_workers"),
)
# The numerator of the first is a category of the second.
CATEGORY_OF = (("school_led_early_help", "early_help_started", "school"),)
WITHIN = (("severe_absence_social_worker", "persistent_absence_social_worker"),)
AVERAGES = frozenset({"average_caseload"})
EVENTS = ("attendance_social_worker",)


def read_truth(edition: Path, kpis: Collection[str], first: str, named: Path | None = None) -> tuple[Truth, Known]:
    """The true counts of an edition's indicators from a month on, and what anybody knows of them.

    `named`: a folder with the rows of their queries, which name the children.
    """
    library, connection = load_library(), duckdb.connect()
    counts: dict[Cell, float] = defaultdict(float)
    children: dict[Cell, set[str]] = defaultdict(set)
    units: dict[str, dict[tuple[str, str], float]] = defaultdict(lambda: defaultdict(float))
    for kpi in kpis:
        for day, team, category, top, below in _rows(connection, edition / f"{kpi}.parquet", first):
            if kpi in AVERAGES:
                units[kpi][team, day] += below
            for cell, count in _cells(kpi, team, category, day, top, None if kpi in AVERAGES else below):
                counts[cell] += count
        for day, team, category, mine, others in _named(connection, named, kpi, first):
            for cell, _ in _cells(kpi, team, category, day, 1.0, None):
                children[cell].update(mine)
                children[*cell[:4], COMPLEMENT].update(others)
    connection.close()
    there = {kpi: frozenset(cell[3] for cell in counts if cell[0] == kpi) for kpi in kpis}
    months = sorted(set().union(*there.values()))
    members = {kpi: sorted({cell[2] for cell in counts if cell[:2] == (kpi, "team")}) for kpi in kpis}
    split = {kpi: sorted({cell[2] for cell in counts if cell[:2] == (kpi, "category")}) for kpi in kpis}
    known = Known(
        {kpi: library[kpi].timing for kpi in kpis}, sorted(set().union(*members.values())), months,
        categories={kpi: names for kpi, names in split.items() if names}, whose=members, there=there,
        units={kpi: dict(units_by_month) for kpi, units_by_month in units.items()},
        counts=[kpi for kpi in kpis if library[kpi].unit == "count"],
    )  # fmt: skip
    frozen = {cell: frozenset(child_names) for cell, child_names in children.items()}
    truth = Truth(
        {cell: count for cell, count in counts.items() if count}, frozen, frozenset(cell[0] for cell in frozen)
    )
    return truth, replace(known, facts=list(_facts(known, truth)), each=_each(truth, known))


def _rows(
    connection: duckdb.DuckDBPyConnection, file: Path, first: str
) -> list[tuple[str, str, str | None, float, float]]:
    query = """select cast(period_end as varchar), coalesce(team, ''),
        if(count(category) over () > 0, coalesce(category, 'not recorded'), null), sum(numerator), sum(denominator)
        from read_parquet($file) where period = 'month' and period_end >= cast($first as date)
        group by period_end, team, category"""
    return connection.execute(query, {"file": str(file), "first": first}).fetchall()


def _named(
    connection: duckdb.DuckDBPyConnection, folder: Path | None, kpi: str, first: str
) -> list[tuple[str, str, str | None, list[str], list[str]]]:
    file = folder / f"{kpi}.parquet" if folder else None
    if file is None or not file.is_file():
        return []
    query = """select cast(period_end as varchar), coalesce(team, ''),
        if(count(category) over () > 0, coalesce(category, 'not recorded'), null),
        coalesce(children, []), coalesce(other_children, [])
        from read_parquet($file) where period_end >= cast($first as date)"""
    return connection.execute(query, {"file": str(file), "first": first}).fetchall()


def _cells(
    kpi: str, team: str, category: str | None, month: str, top: float, below: float | None
) -> Iterator[tuple[Cell, float]]:
    for owner in ((kpi, "team", team, month), (kpi, "category", category, month)):
        if owner[2] is not None:
            yield (*owner, NUMERATOR), top
            if below is not None:
                yield (*owner, COMPLEMENT), below - top


def everybody(known: Known, kpi: str, kind: str, whose: Sequence[str], month: str) -> dict[Cell, float]:
    """All the children of a KPI of some teams or categories in a month."""
    parts = known.all_of(kpi) if kpi not in known.units else (NUMERATOR,)
    return {(kpi, kind, owner, month, part): 1.0 for owner in whose for part in parts}


def rest_of(known: Known, part: str, whole: str, owner: Place | None, month: str) -> dict[Cell, float]:
    """Those of the whole who are not in the part: of the service, or of a team or category."""
    groups = [(owner[1], [owner[2]])] * 2 if owner else [("team", known.teams_of(kpi)) for kpi in (whole, part)]
    less = everybody(known, part, groups[1][0], groups[1][1], month)
    return {**everybody(known, whole, groups[0][0], groups[0][1], month), **dict.fromkeys(less, -1.0)}


def small_rests(truth: Truth, known: Known, threshold: int = 5) -> Iterator[Small]:
    """Where 1 to the threshold are left of an indicator's children without another's, of the service or a category."""
    for part_kpi, whole_kpi in PART_OF:
        if {part_kpi, whole_kpi} <= set(known.timing):
            both = known.there[part_kpi] & known.there[whole_kpi]
            names = set(known.categories.get(part_kpi, ())) & set(known.categories.get(whole_kpi, ()))
            places: list[Place | None] = [None, *((part_kpi, "category", name, "") for name in sorted(names))]
            for owner, (period, months) in product(places, small_periods(known, part_kpi, both)):
                terms: Terms = {}
                for month in months:
                    terms |= rest_of(known, part_kpi, whole_kpi, owner, month)
                count = sum(factor * truth.counts.get(cell, 0.0) for cell, factor in terms.items())
                if 1 <= count <= threshold:
                    whose = f"category {owner[2]}" if owner else "service"
                    without = f"{whole_kpi} without {part_kpi}"
                    yield Small(f"{without} {whose} {period} {months[-1]}", without, terms, len(months), count, count)


def _facts(known: Known, truth: Truth) -> Iterator[Relation]:
    """Every fact that is true of all teams, of all categories, or of the service at least."""
    for pairs, most in ((SAME, 0.0), (PART_OF, math.inf)):
        for part_kpi, whole_kpi in pairs:
            if {part_kpi, whole_kpi} <= set(known.timing):
                yield from _linked(known, truth, part_kpi, whole_kpi, most)
    for inner_kpi, outer_kpi in WITHIN:
        if {inner_kpi, outer_kpi} <= set(known.timing):
            for month in known.there[inner_kpi] & known.there[outer_kpi]:
                for team in known.teams_of(inner_kpi):
                    inner = {(inner_kpi, "team", team, month, NUMERATOR): -1.0}
                    yield Relation({(outer_kpi, "team", team, month, NUMERATOR): 1.0, **inner}, 0.0, math.inf)
    for split_kpi, whole_kpi, category in CATEGORY_OF:
        if {split_kpi, whole_kpi} <= set(known.timing):
            for month in known.there[split_kpi] & known.there[whole_kpi]:
                own = {(split_kpi, "team", team, month, NUMERATOR): -1.0 for team in known.teams_of(split_kpi)}
                yield Relation({(whole_kpi, "category", category, month, NUMERATOR): 1.0, **own}, 0.0, 0.0)


def _linked(known: Known, truth: Truth, part_kpi: str, whole_kpi: str, most: float) -> Iterator[Relation]:
    months = sorted(known.there[part_kpi] & known.there[whole_kpi])
    both = {kind: [name for name in names_of_both[0] if name in names_of_both[1]] for kind, names_of_both in (
        ("team", (known.teams_of(part_kpi), known.teams_of(whole_kpi))),
        ("category", (known.categories.get(part_kpi, ()), known.categories.get(whole_kpi, ()))),
    )}  # fmt: skip
    for kind, names in both.items():
        places = [(part_kpi, kind, name, "") for name in names]
        relations = [
            Relation(rest_of(known, part_kpi, whole_kpi, owner, month), 0.0, most)
            for owner in places
            for month in months
        ]
        if all(_is_true(truth, fact) for fact in relations):
            yield from relations
    relations = [Relation(rest_of(known, part_kpi, whole_kpi, None, month), 0.0, most) for month in months]
    assert most > 0 or all(_is_true(truth, fact) for fact in relations), (part_kpi, whole_kpi)
    yield from (fact for fact in relations if _is_true(truth, fact))


def _is_true(truth: Truth, fact: Relation) -> bool:
    total = sum(factor * truth.counts.get(cell, 0.0) for cell, factor in fact.terms.items())
    return fact.low <= total <= fact.high


def _each(truth: Truth, known: Known) -> Mapping[str, tuple[float, float]]:
    """How many of what is counted a child has in a month, where anybody may guess it well: half days of school."""
    range_by_kpi = {}
    for kpi in EVENTS:
        shares = []
        for month in known.there.get(kpi, ()):
            cells = everybody(known, kpi, "team", known.teams_of(kpi), month)
            count, children = truth.of(cells, kpi)
            if kpi in truth.named and children:
                shares.append(count / children)
        if shares:
            range_by_kpi[kpi] = (0.8 * min(shares), 1.2 * max(shares))
    return range_by_kpi
