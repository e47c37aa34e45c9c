"""What is said where figures may be wrong: only what the numbers bear."""

from __future__ import annotations

from datetime import date

import pytest

from improvement_board.words import (
    by_team_words,
    caveats_sentence,
    late_words,
    latest_period_words,
    reliance_words,
    sentence,
    share_words,
    with_caveats,
)


@pytest.mark.parametrize(
    ("indicators", "doubtful", "said"),
    [
        (68, 7, "61 of 68 indicators rest on current data without a known fault; 7 carry a data caveat."),
        (68, 1, "67 of 68 indicators rest on current data without a known fault; 1 carries a data caveat."),
        (68, 0, "All 68 indicators rest on current data without a known fault."),
        (1, 0, "The one indicator rests on current data without a known fault."),
        (1, 1, "The one indicator carries a data caveat."),
        (2, 2, "All 2 indicators carry a data caveat."),
    ],
)
def test_how_many_indicators_can_be_relied_on(indicators: int, doubtful: int, said: str) -> None:
    assert reliance_words(indicators, doubtful) == said


@pytest.mark.parametrize(
    ("percentage", "said"),
    [
        (100.0, "100%"),
        (0.0, "0%"),
        (97.04, "97.0%"),
        (99.98, "99.98%"),
        (99.9999, "99.9999%"),
        (0.004, "0.004%"),
        (50.0, "50.0%"),
    ],
)
def test_a_share_is_never_rounded_to_all_or_nothing(percentage: float, said: str) -> None:
    assert share_words(percentage) == said


def test_of_which_period_the_latest_figure_is() -> None:
    july = date(2026, 7, 31)
    assert latest_period_words(july, "month", "snapshot") == "The latest figure is of July 2026."
    assert late_words(july, "month", "flow", 2) == "The latest figure is of July 2026: late by 2 months."
    june = date(2026, 6, 30)
    assert late_words(june, "quarter", "flow", 1) == "The latest figure is of April to June 2026: late by 1 quarter."
    march = date(2025, 3, 31)
    assert late_words(march, "year", "flow", 1) == "The latest figure is of the year to March 2025: late by 1 year."


def test_a_caveat_is_one_sentence_whoever_wrote_it() -> None:
    assert sentence("Rows are\n missing\x00") == "Rows are missing."
    assert sentence("Is it so?") == "Is it so?"


def test_an_alternative_text_ends_with_its_caveats() -> None:
    assert with_caveats("Contacts fell", ()) == "Contacts fell"
    assert with_caveats("Contacts fell", ("One.", "Two.")) == "Contacts fell. Data caveat: One. Two."
    assert with_caveats("A chart.", ("One.",)) == "A chart. Data caveat: One."


def test_indicators_in_doubt_are_counted_and_the_first_named() -> None:
    assert caveats_sentence(["A", "B"]) == "2 indicators carry a data caveat: A and B"
    assert caveats_sentence(list("ABCDE")) == "5 indicators carry a data caveat: A, B, C and 2 more"
    assert by_team_words(1).startswith("1 indicator has a team recorded for less than 90% of its cases")
    assert by_team_words(2).startswith("2 indicators have a team recorded for less than 90% of their cases")
