"""The attack can fail: publishers that do not protect are caught, and what it bounds by hand comes out so."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from attack import Attack, Known
from councils import breaches, csv_of, hard_council
from naive import NAIVE, rolling_year

MONTHS = ["2025-04-30", "2025-05-31", "2025-06-30"]


def row(**named: object) -> dict[str, object]:
    return {"kpi": "first", "level": "service", "period": "month", **named}


@pytest.mark.parametrize("publisher", NAIVE, ids=lambda publisher: publisher.__name__)
def test_a_publisher_that_does_not_protect_is_caught(publisher: Callable[..., Iterator[dict[str, object]]]) -> None:
    is_rolling = publisher is rolling_year
    council = hard_council("few a month", 2, length=48) if is_rolling else hard_council("ordinary", 3)
    text = csv_of(publisher(council.counts, council.known))
    given, small = breaches(council, [text])
    assert small > 20
    assert given


def test_a_month_is_what_its_quarter_leaves_over() -> None:
    known = Known({"first": "flow"}, ["A", "B"], MONTHS)
    rows = [row(period="quarter", period_end=MONTHS[2], numerator=20)]
    rows += [row(period_end=month, numerator=8) for month in MONTHS[:2]]
    attack = Attack(known, [csv_of(rows)])
    left = attack.total("first", "service", "", [MONTHS[2]], "numerator")
    assert attack.bounds(left) == (4, 4)
    assert attack.is_shown(left)
    one_team = attack.total("first", "team", "A", [MONTHS[0]], "numerator")
    assert attack.bounds(one_team) == (0, 8)
    assert not attack.is_shown(one_team)


def test_a_band_over_a_known_denominator_is_a_count() -> None:
    known = Known({"first": "snapshot"}, ["A"], MONTHS)
    band = row(level="team", team="A", period_end=MONTHS[0], value_low=20, value_high=30)
    attack = Attack(known, [csv_of([band])])
    count = attack.total("first", "team", "A", MONTHS[:1], "numerator")
    assert attack.bounds(count)[0] == 2
    assert not attack.is_shown(count)
    attack = Attack(known, [csv_of([band, row(period_end=MONTHS[0], denominator=12)])])
    assert attack.bounds(count) == (3, 3)


def test_another_indicator_of_the_same_children_gives_a_denominator() -> None:
    known = Known({"first": "flow", "second": "flow"}, ["A"], MONTHS, linked=[("first", "second")])
    rows = [row(period_end=MONTHS[0], denominator=9), row(kpi="second", period_end=MONTHS[0], numerator=5)]
    attack = Attack(known, [csv_of(rows)])
    assert attack.bounds(attack.total("second", "service", "", MONTHS[:1], "complement")) == (4, 4)


def test_categories_leave_one_over() -> None:
    known = Known({"first": "flow"}, ["A"], MONTHS, categories={"first": ["x", "y"]})
    rows = [row(period_end=MONTHS[0], numerator=9), row(period_end=MONTHS[0], category="x", numerator=7)]
    attack = Attack(known, [csv_of(rows)])
    assert attack.bounds(attack.total("first", "category", "y", MONTHS[:1], "numerator")) == (2, 2)


def test_an_average_over_known_units_is_a_count() -> None:
    known = Known({"first": "snapshot"}, ["A", "B"], MONTHS, units={"first": {("A", MONTHS[0]): 2.5}})
    rows = [row(period_end=MONTHS[0], numerator=40)]
    rows += [row(level="team", team="A", period_end=MONTHS[0], value_low=14, value_high=16)]
    attack = Attack(known, [csv_of(rows)])
    assert attack.bounds(attack.total("first", "team", "A", MONTHS[:1], "numerator")) == (35, 39)
    left = attack.total("first", "team", "B", MONTHS[:1], "numerator")
    assert attack.bounds(left) == (1, 5)
    assert attack.is_shown(left)


def test_a_numerator_within_another_is_no_greater() -> None:
    known = Known({"first": "snapshot", "second": "snapshot"}, ["A"], MONTHS, within=[("second", "first")])
    attack = Attack(known, [csv_of([row(period_end=MONTHS[0], numerator=3)])])
    inner = attack.total("second", "service", "", MONTHS[:1], "numerator")
    assert attack.bounds(inner) == (0, 3)
    assert attack.is_shown(inner)


def test_two_editions_are_read_together() -> None:
    known = Known({"first": "flow"}, ["A"], MONTHS)
    before = csv_of([row(period_end=month, numerator=8) for month in MONTHS[:2]])
    after = csv_of([row(period="quarter", period_end=MONTHS[2], numerator=19)])
    attack = Attack(known, [before, after])
    assert attack.is_shown(attack.total("first", "service", "", MONTHS[2:], "numerator"))
    assert not Attack(known, [after]).is_shown(attack.total("first", "service", "", MONTHS[2:], "numerator"))


def test_what_somebody_sees_exactly_is_known_too() -> None:
    """A manager of one of two teams sees the other by the service's total."""
    known = Known({"first": "flow"}, ["A", "B"], MONTHS)
    text, mine = csv_of([row(period_end=MONTHS[0], numerator=9)]), {("first", "team", "A", MONTHS[0], "numerator"): 6.0}
    theirs = {("first", "team", "B", MONTHS[0], "numerator"): 1.0}
    assert Attack(known, [text]).bounds(theirs) == (0, 9)
    assert Attack(known.exactly(mine), [text]).bounds(theirs) == (3, 3)


def test_what_is_left_of_others_is_bounded_too() -> None:
    known = Known({"first": "snapshot", "second": "snapshot"}, ["A"], MONTHS, counts=["first", "second"])
    text = csv_of([row(period_end=MONTHS[0], numerator=9), row(kpi="second", period_end=MONTHS[0], numerator=6)])
    whole, part = (("first", "team", "A", MONTHS[0], "numerator"), ("second", "team", "A", MONTHS[0], "numerator"))
    assert Attack(known, [text]).bounds({whole: 1.0, part: -1.0}) == (3, 3)
