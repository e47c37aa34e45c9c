"""What is said of protected figures is certain from what is given, and says what is kept back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from band_series import AVERAGE, SEPTEMBER, protected, ranges, team_ranges
from series_maker import comparator, series

from improvement_board.declared.events import Event
from improvement_board.figures.series import CategoryBreakdown, CategoryFigure, Series, TeamComparison
from improvement_board.words import (
    alternative_text,
    category_alternative_text,
    category_protection_words,
    comparison_words,
    event_words,
    figure_or_why,
    headline,
    latest_index,
    latest_target,
    missing_words,
    not_by_team_words,
    protection_notes,
    protection_words,
    side_of_line,
    team_comparison_alternative_text,
    team_comparison_headline,
    team_side,
    teams_protection_words,
)

MARCH = date(2026, 3, 31)
LOWER: dict[str, Any] = {"better": "lower"}
SNAPSHOT: dict[str, Any] = {"timing": "snapshot"}
RANGES = "as ranges of ten percentage points, so that no small number of children can be worked out."
MARKED = "c marks a figure that is kept back, as it or a figure beside it counts too few children."

QUARTER = "3 months to September 2026"


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (series([1.0]), ""),
        (protected([1.0, 2.0]), ""),
        (ranges([40]), f"Shown by quarter, {RANGES}"),
        (ranges([40], grain="year"), f"Shown by year, {RANGES}"),
        (ranges([40], grain="month"), f"Shown {RANGES}"),
        (ranges([40, None]), f"Shown by quarter, {RANGES} {MARKED}"),
        (protected([1.0], grain="quarter"), "Given by quarter, as single months are too small to show."),
        (protected([1.0], grain="year"), "Given by year, as single months and quarters are too small to show."),
        (protected([1.0, None]), MARKED),
        (series([1.0, None], symbols=[None, "c"]), ""),
        (series([1.0], grain="quarter"), ""),
    ],
)
def test_what_is_kept_back_is_said_and_how_it_is_given_instead(made: Series, said: str) -> None:
    assert protection_words(made) == said


def test_a_table_says_each_thing_once_and_nothing_where_nothing_is_kept_back() -> None:
    plain = [series([1.0]), series([None], symbols=["c"]), protected([1.0])]
    assert protection_notes(plain) == ""
    assert protection_notes([*plain, ranges([40]), ranges([50, 60])]) == f"Figures of teams are shown {RANGES}"
    stepped = "Some figures are given by quarter or by year, as shorter periods are too small to show."
    assert protection_notes([protected([1.0], grain="quarter"), protected([1.0], grain="year")]) == stepped
    both = protection_notes([ranges([None]), protected([1.0], grain="year")])
    assert both == f"Figures of teams are shown {RANGES} {stepped} {MARKED}"
    assert not_by_team_words(["A", "B"]) == "Not shown by team, as small numbers of children are protected: A, B"


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (ranges([40]), "North: Visits in time was between 40% and 50% in July to September 2026"),
        (ranges([0]), "North: Visits in time was under 10% in July to September 2026"),
        (ranges([90]), "North: Visits in time was 90% or more in July to September 2026"),
        (ranges([40], grain="month", of=SNAPSHOT), "North: Visits in time was between 40% and 50% in September 2026"),
        (
            ranges([40], grain="year", last=MARCH),
            "North: Visits in time was between 40% and 50% in the year to March 2026",
        ),
        (
            ranges([40, None]),
            "North: Visits in time was between 40% and 50% in April to June 2026; July to September 2026: kept back",
        ),
        (ranges([None, None]), "North: Visits in time: every figure is kept back"),
        (
            ranges([10, 40], target=80.0),
            "North: Visits in time was between 40% and 50% in July to September 2026, up from between 10% and 20% the "
            "quarter before and below the target of 80.0%",
        ),
        (
            ranges([40, 0], grain="year", last=MARCH),
            "North: Visits in time was under 10% in the year to March 2026, down from between 40% and 50% the year "
            "before",
        ),
    ],
)
def test_a_headline_says_the_range_and_no_more(made: Series, said: str) -> None:
    assert headline(made) == said


@pytest.mark.parametrize("lows", [[40, 40], [30, 40], [50, 40], [10, None, 40]])
def test_no_movement_is_told_between_ranges_that_touch_or_across_a_gap(lows: list[int | None]) -> None:
    assert headline(ranges(lows)).endswith("was between 40% and 50% in July to September 2026")


def test_no_movement_is_told_across_a_period_that_is_left_out() -> None:
    made = ranges([10, 20, 40])
    cut = {
        name: (*getattr(made, name)[:1], *getattr(made, name)[2:])
        for name in ("period_ends", "values", "symbols", "targets", "lows", "highs")
    }
    assert headline(replace(made, **cut)).endswith("was between 40% and 50% in July to September 2026")


@pytest.mark.parametrize(
    ("low", "target", "said"),
    [
        (40, 80.0, "below the target of 80.0%"),
        (40, 50.0, "below the target of 50.0%"),
        (40, 49.9, "around the target of 49.9%"),
        (40, 45.0, "around the target of 45.0%"),
        (40, 40.1, "around the target of 40.1%"),
        (40, 40.0, "at or above the target of 40.0%"),
        (40, 39.9, "above the target of 39.9%"),
        (90, 100.0, "around the target of 100.0%"),
        (90, 90.0, "at or above the target of 90.0%"),
        (0, 0.0, "at or above the target of 0.0%"),
    ],
)
@pytest.mark.parametrize("of", [{}, LOWER])
def test_a_side_of_the_target_is_told_only_where_the_whole_range_lies_on_it(
    low: int, target: float, said: str, of: dict[str, Any]
) -> None:
    assert headline(ranges([low], target=target, of=of)).endswith(f", {said}")


@pytest.mark.parametrize(
    ("band", "line", "side"),
    [
        ((40.0, 50.0), 50.0, "below"),
        ((40.0, 50.0), 49.0, None),
        ((40.0, 50.0), 40.0, None),
        ((40.0, 50.0), 39.0, "above"),
        ((90.0, 100.0), 100.0, None),
        ((90.0, 100.0), 101.0, "below"),
        ((0.0, 10.0), 0.0, None),
    ],
)
def test_a_range_reaches_up_to_its_high_end_and_the_topmost_takes_it_in(
    band: tuple[float, float], line: float, side: str | None
) -> None:
    assert side_of_line(*band, line, "percent") == side


def test_only_percentages_have_a_topmost_range() -> None:
    assert side_of_line(98.0, 100.0, 100.0, "average") == "below"
    assert side_of_line(90.0, 100.0, 100.0, "percent") is None


def test_an_average_is_given_as_a_range_of_its_own_width() -> None:
    made = ranges([12, None, 16], grain="month", target=18.0, of=AVERAGE)
    assert headline(made) == "North: Average caseload was between 16 and 18 in September 2026, below the target of 18.0"
    assert headline(ranges([0], grain="month", of=AVERAGE)).endswith("was under 2 in September 2026")
    assert headline(ranges([98], grain="month", of=AVERAGE)).endswith("was between 98 and 100 in September 2026")
    assert [figure_or_why(made, point_number) for point_number in range(3)] == [
        "12 to under 14",
        "c: kept back",
        "16 to under 18",
    ]
    assert protection_words(ranges([4], grain="month", of=AVERAGE)) == (
        "Shown as ranges two wide, so that no small number of children can be worked out."
    )
    assert protection_notes([made, ranges([40])]).startswith(
        "Figures of teams are shown as ranges two wide or ranges of ten percentage points, so that"
    )
    assert "Chart of 2 monthly ranges two wide, July 2026 to September 2026 (1 month kept back)." in alternative_text(
        made
    )


def test_teams_by_ranges_of_an_average() -> None:
    made = team_ranges([("A", 12), ("B", 16)], service=14.0, of=AVERAGE, own=[("F", 150, 10)])
    assert team_comparison_headline(made) == (
        f"Average caseload by team, {QUARTER}: 1 of 3 teams lies wholly below the service's 14.0 (better), "
        "2 wholly above (worse)"
    )
    assert "Ranges two wide in order" in team_comparison_alternative_text(made)
    assert "between 12 and 14: A; between 16 and 18: B; 15.0: F" in team_comparison_alternative_text(made)
    assert teams_protection_words(made).startswith("Shown as ranges two wide, so that")
    without = team_ranges([("A", 12), ("B", 98)], service=None, of=AVERAGE)
    assert team_comparison_headline(without).endswith("all 2 teams with a range lie between 12 and 100")


def test_the_latest_range_stands_for_the_latest_figure() -> None:
    made = ranges([20, 40, None], targets=[50.0, 60.0, 70.0])
    assert (latest_index(made), latest_target(made)) == (1, 60.0)
    assert (latest_index(ranges([None])), latest_target(ranges([None], target=5.0))) == (None, None)
    exact = series([1.0, 2.0, None], targets=[5.0, 6.0, 7.0])
    assert (latest_index(exact), latest_target(exact)) == (1, 6.0)
    assert [figure_or_why(made, point_number) for point_number in range(3)] == [
        "20% to under 30%",
        "40% to under 50%",
        "c: kept back",
    ]
    assert figure_or_why(ranges([90]), 0) == "90% to 100%"


def test_a_gap_is_kept_back_by_the_council_or_suppressed_by_a_publisher() -> None:
    assert missing_words(protected([None]), 0) == "kept back"
    assert missing_words(series([None], symbols=["c"]), 0) == "suppressed by the publisher"
    assert missing_words(series([None], is_protected=True), 0) == "no figure"
    assert headline(protected([None, None])) == "Visits in time: no figures (kept back)"
    assert headline(protected([70.0, None], control_chart=False)).endswith("; September 2026: kept back")
    before = headline(protected([70.0, None, 72.0], grain="year", last=MARCH, control_chart=False))
    assert before == "Visits in time stood at 72.0% in the year to March 2026; the year before is kept back"


def test_a_quarter_in_place_of_months_is_named() -> None:
    made = headline(protected([70.0, 72.0], grain="quarter", control_chart=False))
    assert made == "Visits in time in July to September 2026 rose to 72.0% from 70.0% the quarter before"


def test_the_text_of_a_chart_of_ranges_says_what_is_drawn() -> None:
    event = Event(date(2026, 5, 1), "Redesign", "redesign", "", rebase=True)
    england = comparator({2024: 64.0, 2025: 66.0})
    made = ranges([20, None, 40, 40], target=80.0, events=[event], comparators=(england,))
    assert alternative_text(made) == (
        "North: Visits in time was between 40% and 50% in July to September 2026, below the target of 80.0%. "
        "Chart of 3 quarterly ranges of ten percentage points, October to December 2025 to July to September 2026 "
        "(1 quarter kept back); marked: Redesign (May 2026). Target 80.0%. "
        "Compared with England 66.0% (year to March 2025)."
    )
    assert event_words(made) == ("1 May 2026: Redesign",)
    assert alternative_text(ranges([None])) == "North: Visits in time: every figure is kept back."
    late = ranges([40, 40, None], grain="year", last=MARCH, comparators=(comparator({2025: 61.0, 2026: 99.0}),))
    assert comparison_words(late) == "England 61.0% (year to March 2025)"


def test_the_text_of_a_line_says_how_many_periods_are_kept_back() -> None:
    all_hidden = protected([70.0, None, 72.0], control_chart=False)
    assert "3 monthly" not in alternative_text(all_hidden)
    assert "2 monthly figures, July 2026 to September 2026 (1 month kept back)" in alternative_text(all_hidden)
    mixed = replace(protected([70.0, None, None, 72.0], control_chart=False), symbols=(None, "c", None, None))
    assert "(2 months without a figure, 1 of them kept back)" in alternative_text(mixed)


DOTS = [("A", 70), ("B", 60), ("C", 40), ("D", 50), ("E", None)]


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (
            team_ranges(DOTS),
            "2 of 4 teams lie wholly below the service's 62.0% (worse), 1 wholly above (better); 1 team kept back",
        ),
        (
            team_ranges(DOTS, of=LOWER),
            "2 of 4 teams lie wholly below the service's 62.0% (better), 1 wholly above (worse); 1 team kept back",
        ),
        (
            team_ranges(DOTS[2:4], of={"better": "neither"}),
            "2 of 2 teams lie wholly below the service's 62.0%",
        ),
        (team_ranges([("A", 70), ("B", 60)]), "1 of 2 teams lies wholly above the service's 62.0% (better)"),
        (team_ranges([("B", 60)]), "none of 1 team lies wholly above or below the service's 62.0%"),
        (team_ranges([("A", 60)], service=59.99), "1 of 1 team lies wholly above the service's 59.99% (better)"),
        (
            team_ranges([("A", 60), ("B", 70)], service=60.0),
            "1 of 2 teams lies wholly above the service's 60.0% (better)",
        ),
        (team_ranges(DOTS, service=None), "all 4 teams with a range lie between 40% and 80%; 1 team kept back"),
        (team_ranges([("A", 0), ("B", 20)], service=None), "all 2 teams with a range lie under 30%"),
        (team_ranges([("A", 90)], service=None), "the one team with a range lies at 90% or more"),
        (team_ranges([("A", 0), ("B", 90)], service=None), "figures of 2 teams"),
        (team_ranges([("A", None)]), "kept back for every team"),
        (team_ranges([]), "no figures by team"),
        (
            team_ranges([], own=[("F", 31, 50), ("G", 30, 50)]),
            "1 of 2 teams lies wholly below the service's 62.0% (worse)",
        ),
    ],
)
def test_teams_are_placed_beside_the_service_only_where_their_ranges_are_certain(
    made: TeamComparison, said: str
) -> None:
    assert team_comparison_headline(made) == f"Visits in time by team, {QUARTER}: {said}"


def test_the_text_of_teams_lists_those_of_each_range() -> None:
    made = team_ranges([("A", 70), ("B", 60), ("C", 60), ("E", None)], own=[("F", 31, 50)])
    assert team_comparison_alternative_text(made) == (
        f"Visits in time by team, {QUARTER}: 1 of 4 teams lies wholly above the service's 62.0% (better); "
        "1 team kept back. Ranges of ten percentage points in order, worst first: between 70% and 80%: A; "
        "between 60% and 70%: B and C; kept back: E; 62.0%: F. "
        f"Whole service 62.0% ({QUARTER})."
    )
    assert team_comparison_alternative_text(team_ranges([("A", None)], service=None)) == (
        f"Visits in time by team, {QUARTER}: kept back for every team."
    )
    nothing = team_comparison_alternative_text(team_ranges([], service=None))
    assert nothing == f"Visits in time by team, {QUARTER}: no figures by team."


def test_nothing_is_said_of_an_own_team_of_too_few() -> None:
    made = team_ranges([("A", 70)], own=[("F", 1, 1), ("G", 5, 50)])
    said = "1 of 3 teams lies wholly below the service's 62.0% (worse), 1 wholly above (better)"
    assert team_comparison_headline(made).endswith(said)
    assert "1 of 1 (too few to say): F; 10.0%: G" in team_comparison_alternative_text(made)


def test_the_whole_service_is_said_with_its_period_its_size_and_the_target() -> None:
    made = team_ranges([("A", 70)], service_numerator=62.0, service_denominator=100.0, target=80.0)
    assert team_comparison_headline(made).startswith(f"Visits in time by team, {QUARTER}, 62 of 100: ")
    assert team_comparison_alternative_text(made).endswith(f"Whole service 62.0% ({QUARTER}). Target 80.0%.")


def test_an_own_team_lies_where_its_figure_does() -> None:
    made = team_ranges([], own=[("F", 31, 50), ("G", 30, 50), ("H", 32, 50)])
    assert [team_side(dot, made) for dot in made.dots] == [None, "below", "above"]


def test_what_is_kept_back_of_teams_and_categories_is_said() -> None:
    assert teams_protection_words(replace(team_ranges(DOTS), is_banded=False)) == ""
    assert teams_protection_words(team_ranges(DOTS[:2])) == f"Shown {RANGES}"
    own = "Your own teams are shown with their figures."
    assert teams_protection_words(team_ranges(DOTS, own=[("F", 1, 2)])) == f"Shown {RANGES} {MARKED} {own}"
    what = protected([1.0]).definition
    figures = (CategoryFigure("Police", 7.0, None, 7.0, None), CategoryFigure("Housing", None, None, None, None))
    breakdown = CategoryBreakdown(what, "count", "Source", SEPTEMBER, SEPTEMBER, figures)
    assert category_protection_words(breakdown) == MARKED
    assert category_alternative_text(breakdown).endswith("Police 7; Housing kept back.")
    assert category_protection_words(replace(breakdown, figures=figures[:1])) == ""
