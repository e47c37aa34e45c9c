"""The proof on what publishing stored: the rows read back from the files of two editions give no small count away."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

import pytest
from councils import Council, breaches, csv_of, hard_council
from small_council import Council as Home
from small_council import Row, row

from improvement_board.building.protect import read_protected
from improvement_board.protection import Protected

FIRST, LAST = dt.date(2024, 12, 31), dt.date(2025, 6, 30)


def publish(home: Home, hard: Council, day: dt.date) -> Protected:
    """An edition of a hard council, its families in the plan, as its protected rows are read from its folder."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for one in hard.until(day.isoformat()):
        cells = {"team": one.team, "category": one.category, "worker": None}
        rows[one.kpi].append(row(one.period_end, one.numerator, one.denominator, **cells))
    families = ", ".join(f"[{', '.join(repr(kpi) for kpi in family)}]" for family in hard.families)
    plan = home.plan([home.definition(kpi) for kpi in rows], more=f"[protection]\nsame_children = [{families}]")
    found = read_protected(home.home.editions / str(home.publish(day, rows, plan)))
    assert found is not None
    return found


@pytest.mark.parametrize("kind", ["one large", "one-team service"])
def test_two_published_editions_give_no_small_count_away(council: Home, kind: str) -> None:
    hard = hard_council(kind, 3)
    for kpi in hard.kpis:
        council.define(kpi.id, unit=kpi.unit, timing=kpi.timing, category="Made up" if kpi.id == "first" else None)
    editions = [publish(council, hard, day) for day in (FIRST, LAST)]
    given, small = breaches(hard, [csv_of(edition.rows) for edition in editions])
    assert small
    assert given == []
    hidden = {one.key for one in editions[0].rows if one.is_hidden}
    assert hidden.isdisjoint(one.key for one in editions[1].rows if not one.is_hidden)


@pytest.mark.parametrize("is_named", [True, False])
def test_indicators_of_the_same_children_stay_so_when_a_plan_no_longer_says_it(council: Home, is_named: bool) -> None:
    """Months of one, then the quarter of the other under a plan that names no family: June would be 4."""
    for kpi in ("mine", "theirs"):
        council.define(kpi, unit="count")
    months = [dt.date(2025, 4, 30), dt.date(2025, 5, 31), dt.date(2025, 6, 30)]
    rows = {kpi: [row(month, float(count), team="A") for month, count in zip(months, (8, 8, 4), strict=True)]
            for kpi in ("mine", "theirs")}  # fmt: skip
    more = '[protection]\nsame_children = [["mine", "theirs"]]' if is_named else ""
    both = council.plan([council.definition(kpi) for kpi in rows], more=more)
    council.publish(months[1], {"theirs": rows["theirs"][:2], "mine": []}, both)
    name = council.publish(months[2], {"mine": rows["mine"]}, council.plan([council.definition("mine")]))
    found = read_protected(council.home.editions / str(name))
    assert found is not None
    quarter = [one.numerator for one in found.rows if one.period == "quarter" and one.level == "service"]
    assert quarter == ([None] if is_named else [20])
