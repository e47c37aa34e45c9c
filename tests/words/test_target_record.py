"""How often a target was met is told as fact, and never against what the headline says of the latest figure."""

from __future__ import annotations

from datetime import date

import pytest
from examples import tried
from hypothesis import given, settings
from hypothesis import strategies as st
from series_maker import series

from improvement_board.figures.assemble import Window, cut
from improvement_board.words import earlier_words, headline, target_record, target_record_words

MET, MISSED = 10.0, 30.0  # lower is better, and 20 the target


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([MISSED, *[MET] * 13], "Target met since September 2025"),
        ([MET, *[MISSED] * 12], "Target not met in the last 12 months"),
        ([*[MISSED] * 3, *[MET] * 9], "Target met in 9 of the last 12 months"),
        ([MET, MISSED, None, MET], "Target met in 2 of 3 months with a figure in the last year"),
        ([MISSED], "Target met in 0 of 1 month with a figure in the last year"),
        ([*[MET] * 12, None, None], "Target met from August 2025 up to July 2026"),
        ([*[MISSED] * 12, None], "Target not met in the 12 months up to August 2026"),
        ([*[MISSED] * 11, MET, None], "Target met in 1 of the 12 months up to August 2026"),
        ([MET, None, *[None] * 30], "Target met in 1 of 1 month with a figure in the year up to February 2024"),
        ([None], ""),
    ],
)
def test_it_counts_the_months_up_to_the_latest_figure(values: list[float | None], said: str) -> None:
    assert target_record_words(series(values, target=20.0)) == said


def test_a_page_that_begins_later_says_the_same() -> None:
    whole = series([MET, *[MISSED] * 3, *[MET] * 9], target=20.0, control_chart=False)
    part = cut(whole, Window(whole.period_ends[-2], whole.period_ends[-1]))
    assert target_record_words(part) == "Target met in 9 of the last 12 months"
    assert (headline(part), earlier_words(part)) == (headline(whole), earlier_words(whole))
    assert len(part.values) == 2


def test_without_a_figure_since_then_a_page_says_nothing() -> None:
    whole = series([MET, MET, None], target=20.0)
    part = cut(whole, Window(whole.period_ends[-1], whole.period_ends[-1]))
    assert (target_record_words(part), headline(part)) == ("", "Agency rate: no figures")


def test_quarters_are_a_year_too() -> None:
    by_quarter = series([MISSED, MET, MET, MISSED, MET], target=20.0, grain="quarter", control_chart=False)
    assert target_record_words(by_quarter) == "Target met in 3 of the last 4 quarters"


@pytest.mark.parametrize(("earlier", "moved"), [(25.0, "tightened"), (18.0, "eased"), (20.0, None)])
def test_a_target_that_moved_is_named(earlier: float, moved: str | None) -> None:
    record = target_record(series([19.0] * 14, targets=[earlier] * 8 + [20.0] * 6))
    assert record is not None
    assert (record.moved, record.moved_in) == (moved, date(2026, 4, 30) if moved else None)
    words = target_record_words(series([19.0] * 14, targets=[earlier] * 8 + [20.0] * 6))
    assert words.endswith(f"; the target {moved} in April 2026") == bool(moved)


def test_within_tolerance_is_not_met() -> None:
    assert (
        target_record_words(series([21.0] * 12, target=20.0, tolerance=2.0)) == "Target not met in the last 12 months"
    )


def test_without_a_target_or_a_better_direction_nothing_is_counted() -> None:
    assert target_record(series([MET] * 12)) is None
    assert target_record_words(series([MET] * 12)) == "No target set"
    neither = series([MET] * 12, target=20.0, of={"better": "neither"})
    assert target_record(neither) is None
    assert target_record_words(neither) == "Neither direction is better, so no target is judged"


def test_a_team_of_too_few_is_not_counted() -> None:
    few = series(
        [MET] * 12, target=20.0, level="team", team="North", numerators=(1.0,) * 12, denominators=(6.0,) * 11 + (60.0,)
    )
    assert target_record_words(few) == "Target met in 1 of 1 month with a figure in the last year"


figures = st.lists(st.one_of(st.none(), st.floats(0, 40).map(lambda value: round(value, 1))), min_size=1, max_size=40)


@settings(max_examples=tried(60))
@given(values=figures, better=st.sampled_from(["higher", "lower"]), tolerance=st.sampled_from([0.0, 2.0]))
def test_it_is_never_told_against_the_headline(values: list[float | None], better: str, tolerance: float) -> None:
    made = series(values, target=20.0, tolerance=tolerance, of={"better": better})
    record, said = target_record(made), headline(made)
    if record is None:
        return
    assert 0 <= record.met <= record.told <= record.periods
    assert (record.since is not None) == ("meeting the target" in said)
    if record.kept != "at times":
        assert ("missing the target" in said) == (record.kept == "never")
