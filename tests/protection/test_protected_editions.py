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
    for count_row in hard.until(day.isoformat()):
        cells = {"team": count_row.team, "category": count_row.category, "worker": None}
        rows[count_row.kpi].append(row(count_row.period_end, count_row.numerator, count_row.denominator, **cells))
    families = ", ".join(f"[{', '.join(repr(kpi) for kpi in family)}]" for family in hard.families)
    plan = home.plan([home.definition(kpi) for kpi in rows], more=f"[protection]\nsame_children = [{families}]")
    protected_rows = read_protected(home.home.editions / str(home.publish(day, rows, plan)))
    assert protected_rows is not None
    return protected_rows


@pytest.mark.parametrize("kind", ["one large", "one-team service"])
def test_two_published_editions_give_no_small_count_away(council: Home, kind: str) -> None:
    hard = hard_council(kind, 3)
    for kpi in hard.kpis:
        council.define(kpi.id, unit=kpi.unit, timing=kpi.timing, category="Made up" if kpi.id == "first" else None)
    editions = [publish(council, hard, day) for day in (FIRST, LAST)]
    given, small = breaches(hard, [csv_of(edition.rows) for edition in editions])
    assert small
    assert given == []
    hidden = {protected_row.key for protected_row in editions[0].rows if protected_row.is_hidden}
    assert hidden.isdisjoint(protected_row.key for protected_row in editions[1].rows if not protected_row.is_hidden)


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
    protected_rows = read_protected(council.home.editions / str(name))
    assert protected_rows is not None
    quarter = [
        protected_row.numerator
        for protected_row in protected_rows.rows
        if protected_row.period == "quarter" and protected_row.level == "service"
    ]
    assert quarter == ([None] if is_named else [20])
