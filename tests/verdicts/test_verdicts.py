"""A verdict says of the present what its months bear out, and no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement_board.common.months import following_month, month_end
from improvement_board.verdicts import Judgeable, Verdict, VerdictRule, judge_present
from improvement_board.verdicts.season import without_season

WORDS_OF_SIDE = {("higher", 1): "better", ("higher", -1): "worse", ("lower", 1): "worse", ("lower", -1): "better"}
WOBBLE = [0.0, 3.0, -2.0, 1.0, -3.0, 2.0, 0.5, -1.0, 2.5, -2.5, 1.5, -1.5]


def month_ends(months: int, first: dt.date = dt.date(2022, 1, 31)) -> list[dt.date]:
    """Month ends in a row."""
    ends, day = [], first
    for _ in range(months):
        ends.append(day)
        day = month_end(following_month(day))
    return ends


def series(values: Sequence[float | None], better: str = "higher", size: float = 200.0) -> Judgeable:
    """A series of so many each."""
    return Judgeable(month_ends(len(values)), values, [size] * len(values), better)


def wobbling(months: int, level: float = 80.0) -> list[float]:
    """Figures about a level, the same pattern again and again."""
    return [level + WOBBLE[month_number % len(WOBBLE)] for month_number in range(months)]


def moved(by: float, months: int = 4) -> list[float]:
    """Three years about 80, of which the last months are moved."""
    return [*wobbling(36 - months), *(value + by for value in wobbling(36)[-months:])]


@pytest.mark.parametrize(
    ("better", "by", "word"),
    [
        ("higher", 6, "better"),
        ("higher", -6, "worse"),
        ("lower", 6, "worse"),
        ("lower", -6, "better"),
        ("neither", 6, "moved"),
        ("neither", -6, "moved"),
        ("higher", 0, "no real change"),
        ("higher", 0.4, "no real change"),
    ],
)
def test_a_verdict_is_the_direction_of_a_change_that_chance_does_not_explain(better: str, by: float, word: str) -> None:
    verdict = judge_present(series(moved(by), better))
    assert verdict.word == word
    assert verdict.baseline is not None
    assert (verdict.baseline.first, verdict.baseline.last) == (dt.date(2022, 7, 31), dt.date(2024, 6, 30))
    assert verdict.baseline.low < 80 < verdict.baseline.high


def test_since_is_the_first_of_the_months_in_a_row_on_that_side() -> None:
    verdict = judge_present(series([*wobbling(30), 78.0, 84.0, 88.0, 87.0, 89.0, 88.0]))
    assert (verdict.word, verdict.since) == ("better", dt.date(2024, 8, 31))


def test_a_single_far_month_is_no_verdict_yet() -> None:
    assert judge_present(series([*wobbling(35), 95.0])).word == "no real change"


def test_a_change_that_is_too_small_to_matter_is_no_real_change() -> None:
    given_series = series(moved(6))
    assert judge_present(replace(given_series, rule=VerdictRule(least_change=5))).word == "better"
    assert judge_present(replace(given_series, rule=VerdictRule(least_change=7))).word == "no real change"


@pytest.mark.parametrize(
    ("values", "size"),
    [
        ([], 200.0),
        ([None] * 36, 200.0),
        (wobbling(17), 200.0),  # eleven months of baseline
        ([*wobbling(34), None, 80.0], 200.0),
        (moved(6), 3.0),
    ],
)
def test_too_few_months_or_children_say_nothing(values: Sequence[float | None], size: float) -> None:
    assert judge_present(series(values, size=size)) == Verdict("too few to say")


def test_a_count_that_was_large_and_is_small_now_is_judged() -> None:
    values = [*[20.0, 24.0, 22.0, 18.0] * 8, 3.0, 2.0, 1.0]
    verdict = judge_present(Judgeable(month_ends(35), values, None, "lower"))
    assert verdict.word == "better"


def test_months_without_a_figure_at_the_end_are_left_to_the_month_that_has_one() -> None:
    assert judge_present(series([*moved(6), None, None])) == judge_present(series(moved(6)))


def test_a_baseline_begins_with_a_rebase_and_is_as_the_plan_fixes_it() -> None:
    values = [*wobbling(20, 60.0), *wobbling(20, 80.0)]
    rebased = judge_present(replace(series(values), rebases=[month_ends(40)[20]]))
    assert rebased.baseline is not None
    assert (rebased.word, rebased.baseline.first) == ("no real change", month_ends(40)[20])
    assert judge_present(replace(series(values), rebases=[month_ends(40)[23]])) == Verdict("too few to say")
    fixed = judge_present(replace(series(values), rule=VerdictRule(baseline=(month_ends(40)[0], month_ends(40)[14]))))
    assert fixed.baseline is not None
    assert (fixed.word, fixed.since, fixed.baseline.last) == ("better", month_ends(40)[20], month_ends(40)[14])


def test_september_is_held_against_septembers() -> None:
    calendar = [0, 0, 0, 0, 0, 0, 0, 0, 20.0, 10.0, 0, 0]
    values = [80 + calendar[month_number % 12] + WOBBLE[month_number % 11] / 3 for month_number in range(60 + 9)]
    asked = series(values)
    assert judge_present(asked).side == 0 or judge_present(asked).word == "better"
    assert judge_present(replace(asked, is_seasonal=True)).word == "no real change"
    raised = [*values[:-3], *(value + 6 for value in values[-3:])]
    assert judge_present(replace(series(raised), is_seasonal=True)).word == "better"


def test_a_year_ago_is_the_same_month_where_schools_are_closed_in_one() -> None:
    rule = VerdictRule(baseline=(dt.date(2022, 1, 31), dt.date(2024, 3, 31)))
    by_month = dict(zip(month_ends(46), wobbling(46, 50.0), strict=True))
    by_month |= {dt.date(2024, 7, 31): 75.0, dt.date(2024, 9, 30): 75.0, dt.date(2024, 10, 31): 75.0}
    by_month |= {dt.date(2025, month, day): 71.0 for month, day in ((7, 31), (9, 30), (10, 31))}
    by_month[dt.date(2025, 6, 30)] = 73.0
    values = [None if end.month == 8 else value for end, value in by_month.items()]
    assert (
        judge_present(replace(series(values), rule=rule)).word == "no real change"
    )  # lower than a year ago, and than the month before
    without_last_year = [50.0 if value == 75.0 else value for value in values]
    assert judge_present(replace(series(without_last_year), rule=rule)).word == "better"


def test_a_season_needs_years_to_be_known() -> None:
    assert judge_present(replace(series(wobbling(34)), is_seasonal=True)) == Verdict("too few to say")


def test_a_month_that_schools_are_closed_in_has_no_season() -> None:
    values = np.array([np.nan if month_number % 12 == 7 else 90.0 + month_number % 12 for month_number in range(69)])
    adjusted = without_season(values, month_ends(69), 63)
    assert adjusted is not None
    assert np.isnan(adjusted).sum() == np.isnan(values).sum()
    assert np.nanstd(adjusted[6:]) < np.nanstd(values[6:]) / 3


def test_neighbouring_months_that_are_alike_widen_what_chance_explains() -> None:
    slow = [80 + 3 * np.sin(month_number / 9) for month_number in range(84)]
    quick = [80 + 3 * np.sin(month_number * 2.6) for month_number in range(84)]
    shift = [0.0] * 81 + [6.0] * 3
    verdicts = [judge_present(series((np.array(values) + shift).tolist())) for values in (slow, quick)]
    assert verdicts[0].strength < verdicts[1].strength


figures = st.lists(st.floats(0, 1000, allow_nan=False), min_size=0, max_size=70)
gaps = st.lists(st.booleans(), min_size=70, max_size=70)


@given(figures, gaps, st.sampled_from(["higher", "lower", "neither"]), st.booleans())
def test_a_verdict_is_borne_out_by_its_months(
    values: list[float], there: list[bool], better: str, is_seasonal: bool
) -> None:
    known = [value if keep else None for value, keep in zip(values, there, strict=False)]
    verdict = judge_present(replace(series(known, better), is_seasonal=is_seasonal))
    if verdict.side == 0:
        assert verdict.word in ("no real change", "too few to say")
        assert verdict.since is None
        return
    assert verdict.word == WORDS_OF_SIDE.get((better, verdict.side), "moved")
    assert verdict.baseline is not None
    assert verdict.recent is not None
    assert verdict.since is not None
    assert verdict.strength > 1
    assert (verdict.recent - verdict.baseline.mean) * verdict.side > 0
    if not is_seasonal:
        recent = [value for value in known if value is not None][-3:]
        assert all((value - verdict.baseline.mean) * verdict.side > 0 for value in recent)


@given(figures, st.floats(-500, 500), st.sampled_from([2.0, 0.5]))
def test_a_verdict_does_not_depend_on_the_unit(values: list[float], shift: float, factor: float) -> None:
    whole = [float(round(value)) for value in values]
    first_verdict, other = (
        judge_present(series(both)) for both in (whole, [factor * value + round(shift) for value in whole])
    )
    assert first_verdict.word == other.word


@given(figures)
def test_what_is_better_one_way_is_worse_the_other(values: list[float]) -> None:
    higher, lower = (judge_present(series(values, better)) for better in ("higher", "lower"))
    opposite = {"better": "worse", "worse": "better"}
    assert lower.word == opposite.get(higher.word, higher.word)
