"""A verdict that is told beside figures that are kept back is the one that the whole of the figures give, whatever they
are: so it says nothing of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_verdicts import month_ends

from improvement_board.verdicts import Judgeable, judge_present

MONTHS = 100
FIGURES = st.lists(st.floats(0, 100), min_size=MONTHS, max_size=MONTHS)
PLACES = st.sets(st.integers(0, MONTHS - 1), min_size=1, max_size=8)


def hidden(values: list[float], places: set[int], *, is_seasonal: bool) -> Judgeable:
    shown = [None if place in places else value for place, value in enumerate(values)]
    sizes = [200.0] * MONTHS
    return Judgeable(month_ends(MONTHS), shown, sizes, "higher", is_seasonal=is_seasonal, hidden=frozenset(places))


@settings(max_examples=300)
@given(FIGURES, PLACES, st.floats(-60, 60), st.booleans())
def test_no_value_of_what_is_hidden_makes_a_told_verdict_another(
    values: list[float], places: set[int], shift: float, is_seasonal: bool
) -> None:
    moved = [*values[:-4], *(value + shift for value in values[-4:])]
    given_series = hidden(moved, places, is_seasonal=is_seasonal)
    told = judge_present(given_series)
    whole = judge_present(replace(given_series, values=moved, hidden=frozenset()))
    assert told.word in (whole.word, "not shown")
    if told.since is not None:
        assert told.since == whole.since
    assert told.baseline in (None, whole.baseline)


@pytest.mark.parametrize("place", [MONTHS - 1, MONTHS - 2, MONTHS - 13, MONTHS - 15, MONTHS - 7, MONTHS - 30])
def test_a_hidden_month_that_the_rule_reads_hides_the_verdict(place: int) -> None:
    values = [50.0 + month % 5 for month in range(MONTHS - 3)] + [90.0, 91.0, 90.0]
    assert judge_present(hidden(values, set(), is_seasonal=False)).word == "better"
    assert judge_present(hidden(values, {place}, is_seasonal=False)).word == "not shown"


def test_a_season_is_known_by_six_years_and_hides_the_verdict_where_a_month_of_these_is_hidden() -> None:
    values = [50.0 + month % 5 for month in range(MONTHS - 3)] + [90.0, 91.0, 90.0]
    told = {place: judge_present(hidden(values, {MONTHS - place}, is_seasonal=True)).word for place in (72, 73)}
    assert told == {72: "not shown", 73: "better"}


def test_a_hidden_month_long_ago_hides_only_what_its_likeness_could_change() -> None:
    dice = np.random.default_rng(1)
    noise = (50 + dice.normal(size=MONTHS)).tolist()
    far, near = ([*noise[:-3], *(value + by for value in noise[-3:])] for by in (20.0, 1.6))
    place = {MONTHS - 60}
    assert judge_present(hidden(far, place, is_seasonal=False)).word == "better"
    assert judge_present(hidden(near, place, is_seasonal=False)).word == "not shown"
    assert judge_present(hidden(noise, {0}, is_seasonal=False)).word == "no real change"
