"""The claim under an indicator's name: the headline in a few words, and nothing that the headline does not say."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from series_maker import judged, seasonal, series

from improvement_board.figures.series import Series
from improvement_board.words import claim, earlier_figures, earlier_words, headline

FALLEN, RISEN, SAME = [12.0, 12.5, 11.5], [32.0, 33.0, 31.0], [21.7, 21.8, 21.6]


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (judged(FALLEN), "Better since June 2026: 11.5%, from an average of 21.7%"),
        (judged(RISEN), "Worse since July 2026: 31.0%, from an average of 21.7%"),
        (judged(FALLEN, of={"better": "neither"}), "Lower since June 2026: 11.5%, from an average of 21.7%"),
        (judged(SAME), "No real change: 21.6%, from an average of 21.7%"),
        (series([10.0, 12.0], control_chart=False), "Rose to 12.0% from 10.0% the month before"),
        (series([None]), "No figures"),
    ],
)
def test_a_claim_is_short_and_true(made: Series, said: str) -> None:
    assert claim(made) == said


def test_a_seasonal_claim_names_what_the_month_usually_is() -> None:
    assert claim(seasonal([5.0, 5.0, 5.0])) == "Better since July 2026: 5.0%, usually 60.4% in September"


def test_a_month_without_a_figure_is_said() -> None:
    said = claim(judged([*FALLEN, None]))
    assert "(August 2026)" in said
    assert said.endswith("September 2026: no figure")


@given(st.lists(st.one_of(st.none(), st.floats(0, 100)), min_size=1, max_size=40))
def test_a_claim_says_the_verdict_that_the_headline_says(values: list[float | None]) -> None:
    made = judged(values)
    short, long = claim(made), headline(made)
    for word in ("better", "worse", "no real change", "too few to say"):
        assert (word in short.lower()) == (word in long.lower()), (short, long)
    assert re.findall(r"since \w+ \d{4}", short) == re.findall(r"(?<=: )?(?:better|worse) (since \w+ \d{4})", long)


def test_earlier_figures_are_those_of_the_sentence() -> None:
    made = judged(FALLEN)
    end = made.period_ends[-4]
    told = earlier_figures(made, end)
    assert [name for name, _, _ in told] == ["At the last meeting", "A year before"]
    assert ", ".join(f"{figure} in {month}" for _, figure, month in told) == earlier_words(made, end)
    assert earlier_figures(series([1.0], grain="year"), end) == []
    (both,) = earlier_figures(made, made.period_ends[-13])
    assert both[0] == "At the last meeting and A year before"
