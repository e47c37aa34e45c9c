"""The proof on what publishing stored: the rows read back from the files of two editions give no small count away."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

import pytest
from councils import Council, breaches, csv_of, hard_council
from small_council import Council as Home
from small_council import Row, row

from improvement_board.editions.protected_file import read_protected
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
    hidden = {one.place for one in editions[0].rows if one.is_hidden}
    assert hidden.isdisjoint(one.place for one in editions[1].rows if not one.is_hidden)
