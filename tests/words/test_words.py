"""Sentences say what the numbers say, and nothing else."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from examples import tried
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from series_maker import comparator, definition, series

from improvement_board.declared.events import Event
from improvement_board.figures.series import (
    CategoryBreakdown,
    CategoryFigure,
    Distribution,
    TeamComparison,
    TeamDot,
    WorkerFigure,
)
from improvement_board.words import (
    alternative_text,
    category_alternative_text,
    category_headline,
    change_sentence,
    comparison_words,
    distribution_alternative_text,
    distribution_headline,
    event_words,
    headline,
    target_state,
    team_comparison_alternative_text,
    team_comparison_headline,
    variation_clause,
)
from improvement_board.words.names import listing, ordinal, shortened

STEADY = [22.0, 21.0, 22.4, 21.3, 22.2, 21.1, 21.9, 21.4, 22.3, 21.2, 22.1, 21.6, 21.8, 21.5, 22.2, 21.3]
HIGHER: dict[str, Any] = {"better": "higher"}
NEITHER: dict[str, Any] = {"better": "neither"}
SEPTEMBER = date(2026, 9, 30)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (series([*STEADY, 12.0]), "fell to 12.0%, better than the limits of usual variation"),
        (series([*STEADY, 12.0], of=HIGHER), "fell to 12.0%, worse than the limits of usual variation"),
        (series([*STEADY, 12.0], of=NEITHER), "fell to 12.0%, below the limits of usual variation"),
        (series([*STEADY, 40.0]), "rose to 40.0%, worse than the limits of usual variation"),
        (series([*STEADY, 40.0], of=HIGHER), "rose to 40.0%, better than the limits of usual variation"),
        (series([*STEADY, 40.0], of=NEITHER), "rose to 40.0%, above the limits of usual variation"),
        (series([*STEADY, 21.7]), "rose to 21.7%, within the limits of usual variation"),
        (series([*STEADY[:-1], 22.2]), "stayed at 22.2%, within the limits of usual variation"),
        (series([*STEADY, 21.34]), "edged up to 21.3%, within the limits of usual variation"),
    ],
)
def test_a_point_is_held_against_the_limits(made: Any, words: str) -> None:
    assert headline(made) == f"Agency rate {words}"


FALLING = [*STEADY, 21.6, 21.55, 21.5, 21.45, 21.4, 21.35]
LOW_RUN = [*STEADY, *STEADY, *STEADY, 21.2, 21.3, 21.25, 21.35, 21.2, 21.3, 21.25]
NEAR_LIMIT = [*STEADY, *STEADY, 22.0, 23.5, 23.4]


@pytest.mark.parametrize(
    ("values", "better", "words"),
    [
        ([*FALLING, 21.3], "lower", "fell to 21.3%, the 6th fall in a row (an improvement)"),
        ([*FALLING, 21.3], "higher", "fell to 21.3%, the 6th fall in a row (a concern)"),
        ([*FALLING, 21.3], "neither", "fell to 21.3%, the 6th fall in a row"),
        (
            [43 - value for value in [*FALLING, 21.3]],
            "higher",
            "edged up to 21.7%, the 6th rise in a row (an improvement)",
        ),
        (LOW_RUN, "lower", "edged down to 21.3%, better than the average for 8 months in a row"),
        (LOW_RUN, "higher", "edged down to 21.3%, worse than the average for 8 months in a row"),
        (LOW_RUN, "neither", "edged down to 21.3%, below the average for 8 months in a row"),
        (NEAR_LIMIT, "lower", "fell to 23.4%, near the worse limit of usual variation in at least two of three months"),
        (
            NEAR_LIMIT,
            "neither",
            "fell to 23.4%, near the upper limit of usual variation in at least two of three months",
        ),
    ],
)
def test_each_rule_has_its_own_words(values: list[float], better: str, words: str) -> None:
    assert headline(series(values, of={"better": better})).startswith(f"Agency rate {words}")


def test_a_point_inside_a_run_or_trend_is_said_to_be_part_of_it() -> None:
    run, trend = series(LOW_RUN), series([*FALLING, 21.3])
    assert variation_clause(run, len(LOW_RUN) - 3) == "one of 8 months in a row better than the average"
    assert variation_clause(trend, len(FALLING) - 3) == "part of 6 falls in a row (an improvement)"
    assert variation_clause(trend, 0) == "within the limits of usual variation"


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (series([]), "Agency rate: no figures"),
        (series([None, None]), "Agency rate: no figures"),
        (series([None, None], symbols=["c", "c"]), "Agency rate: no figures (suppressed by the publisher)"),
        (series([18.2]), "Agency rate stood at 18.2%; the only figure so far"),
        (series([17.0, 18.2]), "Agency rate rose to 18.2%; too few points to judge"),
        (series([None, 18.2, 17.0]), "Agency rate fell to 17.0%; too few points to judge"),
        (series([17.0, None, 18.2]), "Agency rate stood at 18.2%; too few points to judge"),
        (
            series([17.0, 18.2, None]),
            "Agency rate rose to 18.2% (August 2026); too few points to judge; September 2026: ",
        ),
        (series([17.0, 18.2, None], symbols=[None, None, "u"]), "too unreliable to publish"),
        (series([100.0] * 14), "Agency rate stayed at 100.0%, the same in every figure since August 2025"),
    ],
)
def test_short_broken_and_constant_series_claim_no_more_than_they_show(made: Any, words: str) -> None:
    assert words in headline(made)
    assert alternative_text(made).startswith(headline(made))


@pytest.mark.parametrize(
    ("values", "target", "better", "words"),
    [
        (18.2, 20.0, "lower", "meeting the target of 20.0%"),
        (20.0, 20.0, "lower", "meeting the target of 20.0%"),
        (20.04, 20.0, "lower", "20.04%, missing the target of 20.00%"),
        (19.96, 20.0, "higher", "19.96%, missing the target of 20.00%"),
        (20.0, 20.0, "higher", "meeting the target of 20.0%"),
    ],
)
def test_the_target_is_met_or_missed_as_the_numbers_are(values: float, target: float, better: str, words: str) -> None:
    assert words in headline(series([19.0, values], target=target, of={"better": better}))


def test_no_target_is_judged_where_neither_direction_is_better() -> None:
    assert "target" not in headline(series([19.0, 21.0], target=20.0, of=NEITHER))
    assert target_state(5.0, 1.0, "neither") is None


def test_a_miss_within_tolerance_is_still_a_miss() -> None:
    words = headline(series([19.0, 20.5], target=20.0, tolerance=1.0))
    assert "missing the target of 20.0% but within its tolerance of 1.0 percentage points" in words
    assert target_state(21.0, 20.0, "lower", 1.0) == "within tolerance"
    assert target_state(21.1, 20.0, "lower", 1.0) == "missed"


@pytest.mark.parametrize(
    ("values", "timing", "words"),
    [
        (
            [17.2, 15.6],
            "flow",
            "fell to 15.6% in the year to March 2025, down 1.6 percentage points on the year before",
        ),
        ([17.2, 15.6], "snapshot", "fell to 15.6% on 31 March 2025, down 1.6 percentage points on the year before"),
        ([15.6, 15.6], "flow", "stayed at 15.6% in the year to March 2025, the same as the year before"),
        ([None, 15.6, None, 15.6], "flow", "stood at 15.6% in the year to March 2025; no figure for the year before"),
    ],
)
def test_a_yearly_figure_is_compared_with_the_year_before(values: list[float], timing: str, words: str) -> None:
    made = series(values, grain="year", control_chart=False, last=date(2025, 3, 31), of={"timing": timing})
    assert headline(made) == f"Agency rate {words}"


def test_a_rolling_figure_is_compared_with_a_year_before_else_with_the_month_before() -> None:
    assert (
        headline(series([*STEADY, 20.0], control_chart=False)) == "Agency rate fell to 20.0% from 22.2% a year before"
    )
    assert (
        headline(series([17.0, 18.2], control_chart=False)) == "Agency rate rose to 18.2% from 17.0% the month before"
    )
    assert (
        headline(series([18.2, 18.2], control_chart=False))
        == "Agency rate stood at 18.2%, the same as the month before"
    )


def test_the_name_of_team_worker_and_category_stands_first_on_one_line() -> None:
    team = series([1.0, 2.0], level="team", team="Assessment\n\tNorth\u202e", category="Child protection")
    assert headline(team).startswith("Assessment North, Child protection: Agency rate rose to 2.0%")
    assert headline(series([1.0], level="team", team=None)).startswith("Team not recorded: ")
    worker = series([1.0], level="worker", team="Court", worker="W1")
    assert headline(worker).startswith("Court, worker W1: Agency rate")


def test_the_alternative_text_says_what_is_drawn() -> None:
    redesign = Event(date(2025, 6, 3), "Service redesign", "redesign", "all", True)
    future = Event(date(2027, 1, 1), "Later", "other", "all", False)
    before = Event(date(2019, 1, 1), "Earlier", "other", "all", False)
    values = [*STEADY, *STEADY, None, 21.0, 12.0]
    made = series(values, target=20.0, comparators=(comparator({2024: 17.8}),), events=(redesign, future, before))
    text = alternative_text(made)
    assert text.startswith(f"{headline(made)}. Control chart of 34 monthly figures, November 2023 to September 2026")
    assert "(1 month without a figure)" in text
    assert "14 special causes among them (13 concern and 1 improvement)" in text
    assert "marked: Service redesign (June 2025)." in text
    assert "usual variation" in text
    assert "Compared with England 17.8% (31 March 2024)." in text
    assert event_words(made) == ("3 June 2025: Service redesign (new limits from here)",)


def test_comparators_name_their_year_and_say_what_a_mean_or_a_symbol_is() -> None:
    neighbours = comparator({2024: 18.0}, name="Statistical neighbours", area_type="Statistical neighbours")
    region = comparator({2023: 19.1, 2024: "c"}, name="North West", area_type="Region")
    england = comparator({2023: 16.0, 2024: 17.8, 2027: 30.0}, month=9, snapshot=True)
    made = series([1.0, 2.0], comparators=(england, region, neighbours), of={"timing": "flow"})
    assert comparison_words(made) == (
        "England 17.8% (30 September 2024), North West (suppressed by the publisher, year to March 2024) "
        "and Statistical neighbours 18.0% (mean of those published, year to March 2024)"
    )


def test_counts_are_never_compared_between_areas() -> None:
    made = series([1.0, 2.0], comparators=(comparator({2024: 50_000.0}),), of={"unit": "count"})
    assert comparison_words(made) == ""
    assert "England" not in alternative_text(made)


values_lists = st.lists(
    st.one_of(st.none(), st.integers(0, 1000).map(lambda tenths: tenths / 10), st.floats(0, 100)), max_size=40
)


@settings(max_examples=tried(300), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    values_lists,
    st.sampled_from(["higher", "lower", "neither"]),
    st.sampled_from([None, 0.0, 20.0, 50.0]),
    st.booleans(),
    st.sampled_from(["month", "year"]),
)
def test_no_headline_contradicts_its_numbers(
    values: list[float | None], better: str, target: float | None, control_chart: bool, grain: str
) -> None:
    made = series(values, target=target, control_chart=control_chart, grain=grain, of={"better": better})
    words = headline(made)
    latest = made.latest
    if latest is None:
        assert "no figures" in words
        return
    value = values[latest]
    assert value is not None
    compared = values[latest - 1] if latest else None
    if not control_chart and grain == "month" and latest >= 12 and values[latest - 12] is not None:
        compared = values[latest - 12]
    if compared is None:
        assert "stood at" in words
    if re.search(r"(rose|edged up) to|, up ", words):
        assert compared is not None
        assert value > compared
    if re.search(r"(fell|edged down) to|, down ", words):
        assert compared is not None
        assert value < compared
    assert ("; the only figure" in words) == (sum(figure is not None for figure in values) == 1)
    if "meeting" in words or "missing the" in words:
        assert target is not None
        meets = value >= target - 1e-9 if better == "higher" else value <= target + 1e-9
        assert meets == ("meeting" in words)
    presented = made.presented
    if better == "neither":
        assert not re.search("better|worse|improvement|concern|target", words)
    if "limits of usual variation" in words:
        assert presented is not None
        lower, upper = presented.lower_limit[latest], presented.upper_limit[latest]
        assert lower is not None
        assert upper is not None
        is_outside = value > upper or value < lower
        assert is_outside == ("within" not in words)
        if is_outside and better != "neither":
            assert ("better than" in words) == ((value > upper) == (better == "higher"))
    if (run := re.search(r"the average for (\d+)", words)) and presented is not None:
        sides = {values[at] > presented.mean[at] for at in range(latest - int(run[1]) + 1, latest + 1)}  # type: ignore[operator]
        assert int(run[1]) >= 7
        assert len(sides) == 1
    if trend := re.search(r"the (\d+)\w\w (rise|fall) in a row", words):
        last = values[latest - int(trend[1]) : latest + 1]
        assert len(last) >= 7
        assert last == sorted(last, reverse=trend[2] == "fall")  # type: ignore[type-var]


TEAMS = (
    TeamDot("Duty", None, 40, 100, 40.0, 14.0, 28.0, "above"),
    TeamDot("Court", None, 20, 100, 20.0, 14.0, 28.0, None),
    TeamDot("Assessment North", None, 3, 30, 10.0, 12.0, 30.0, "below"),
    TeamDot("Tiny", None, 1, 2, 50.0, None, None, None),
    TeamDot("Closed", None, None, None, None, None, None, None),
)


NEW = TeamDot("New", None, 3, 30, 10.0, None, None, None)


def comparison(dots: tuple[TeamDot, ...] = TEAMS, better: str = "lower", limit_kind: str = "size") -> TeamComparison:
    what = definition(better=better)
    parts: dict[str, Any] = {"service_numerator": 36.0, "service_denominator": 187.0, "target": 20.0}
    kind: Any = limit_kind
    return TeamComparison(what, "percent", SEPTEMBER, SEPTEMBER, 21.0, kind, dots, **parts)


def test_the_team_headline_names_who_is_outside_and_which_way() -> None:
    assert team_comparison_headline(comparison()) == (
        "Agency rate by team, September 2026, 36 of 187: 2 of 3 teams outside the limits for their size "
        "(Duty worse; Assessment North better); 1 team too few to say"
    )
    assert "(Duty better; " not in team_comparison_headline(comparison(better="higher", limit_kind="own"))
    assert "(Assessment North worse; Duty better)" in team_comparison_headline(comparison(better="higher"))
    assert "(Duty above; Assessment North below)" in team_comparison_headline(comparison(better="neither"))
    assert "their own usual variation" in team_comparison_headline(comparison(limit_kind="own"))
    assert "none of 1 team outside" in team_comparison_headline(comparison(TEAMS[1:2]))
    assert "; 1 team with too short a past to judge" in team_comparison_headline(comparison((*TEAMS[:2], NEW)))
    assert team_comparison_headline(comparison(())) == "Agency rate: no figures by team"
    assert team_comparison_headline(comparison(TEAMS[3:])).endswith("too few figures to judge any of 1 team")


def test_a_team_said_to_be_outside_limits_it_lies_within_is_not_named() -> None:
    wrong = TeamDot("Court", None, 20, 100, 20.0, 14.0, 28.0, "above")
    assert "none of 1 team outside" in team_comparison_headline(comparison((wrong,)))


def test_the_team_alternative_text_gives_the_range_and_the_service() -> None:
    text = team_comparison_alternative_text(comparison())
    assert "Teams in order, worst first, from Duty (40.0%, 40 of 100) to Assessment North (10.0%, 3 of 30)." in text
    assert text.endswith("Too few to say: Tiny (1 of 2). Whole service 21.0% (September 2026). Target 20.0%.")
    assert "100" not in team_comparison_alternative_text(comparison((TeamDot("One", None, 1, 1, 100.0, *[None] * 3),)))


def breakdown(figures: list[tuple[str | None, float | None, float | None]], unit: str = "percent") -> CategoryBreakdown:
    made = tuple(CategoryFigure(name, None, None, value, share) for name, value, share in figures)
    return CategoryBreakdown(definition(unit=unit), unit, "Plan type", date(2026, 9, 1), SEPTEMBER, made)


def test_the_category_headline_names_the_ends_or_the_largest_share() -> None:
    rates = breakdown([("in care", 93.2, None), ("protection", 78.0, None), (None, None, None)])
    assert category_headline(rates) == ("Agency rate by plan type: highest in care, 93.2%; lowest protection, 78.0%")
    assert category_alternative_text(rates).endswith("in care 93.2%; protection 78.0%; not recorded kept back.")
    counts = breakdown([("police", 412.0, 34.2), ("health", 100.0, 8.3), (None, 100.0, 8.3)], "count")
    assert category_headline(counts) == "Agency rate by plan type: most police, 412 (34.2% of all)"
    same = breakdown([("a", 5.0, None), ("b", 5.0, None)])
    assert category_headline(same) == "Agency rate by plan type: 5.0% in every category with a figure"
    assert category_headline(breakdown([("a", 5.0, None)])) == "Agency rate by plan type: a stood at 5.0%"
    assert category_headline(breakdown([("a", None, None)])) == "Agency rate by plan type: no figures"


def distribution(cases: list[float | None], limit: float = 20.0) -> Distribution:
    workers = tuple(WorkerFigure(f"W{at}", None, held, 1.0, held) for at, held in enumerate(cases))
    above = tuple(worker for worker in workers if worker.numerator is not None and worker.numerator > limit)
    return Distribution(definition(), SEPTEMBER, workers, limit, above)


def test_the_distribution_headline_counts_who_is_above_the_limit() -> None:
    assert distribution_headline(distribution([20.0, 21.0, 31.0, None])) == (
        "2 of 3 workers hold more than 20 cases; the most is 31; 1 worker without a figure"
    )
    assert distribution_headline(distribution([20.0])) == "No worker of 1 holds more than 20 cases; the most is 20"
    assert distribution_headline(distribution([])) == "No worker's cases to show"
    assert "from 20 to 31, at least half of them 21 or fewer." in distribution_alternative_text(
        distribution([20.0, 21.0, 31.0])
    )


def test_each_kind_of_change_has_its_sentence() -> None:
    what = definition()
    say = change_sentence
    assert say("concern", what, SEPTEMBER, new=24.3) == (
        "Agency rate stood at 24.3% in September 2026: a new special cause, concern"
    )
    assert say("improvement", what, SEPTEMBER, new=14.3, of="Court").startswith("Court: Agency rate stood at 14.3%")
    assert say("met", what, SEPTEMBER, new=20.0, old=21.0, target=20.0) == (
        "Agency rate stood at 20.0% in September 2026, now meeting the target of 20.0%"
    )
    assert say("missed", what, SEPTEMBER, new=20.04, old=19.0, target=20.0) == (
        "Agency rate stood at 20.04% in September 2026, now missing the target of 20.00%"
    )
    assert say("restated", what, SEPTEMBER, old=18.2, new=18.24, other_periods=2) == (
        "Agency rate for September 2026 was restated from 18.20% to 18.24%, and 2 other periods"
    )
    assert say("restated", what, SEPTEMBER, old=18.2, new=None, new_symbol="c") == (
        "Agency rate for September 2026 was restated from 18.2% to suppressed by the publisher"
    )
    assert say("restated", what, SEPTEMBER, old=18.2, new=18.9, definition_changed=True) == (
        "Agency rate is now defined differently: September 2026 was 18.2% and is now 18.9%"
    )
    assert say("changed", what, SEPTEMBER, old=18.2, new=18.2) == "Agency rate is now defined differently"


@pytest.mark.parametrize(
    ("kind", "numbers", "better"),
    [
        ("met", {"new": 20.1, "target": 20.0}, "lower"),
        ("missed", {"new": 20.0, "target": 20.0}, "lower"),
        ("met", {"new": 20.0, "target": None}, "lower"),
        ("met", {"new": 20.0, "target": 20.0}, "neither"),
        ("concern", {"new": None}, "lower"),
        ("concern", {"new": 20.0}, "neither"),
        ("restated", {"old": 18.2, "new": 18.2}, "lower"),
        ("restated", {"old": None, "new": None}, "lower"),
        ("fixed", {"new": 20.0}, "lower"),
    ],
)
def test_a_change_that_did_not_happen_cannot_be_told(kind: Any, numbers: dict[str, Any], better: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        change_sentence(kind, definition(better=better), SEPTEMBER, **numbers)


def test_small_words() -> None:
    assert [ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 102, 111)] == (
        ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "102nd", "111th"]
    )
    assert listing([]) == ""
    assert listing(["a", "b", "c"]) == "a, b and c"
    assert shortened(["a", "b", "c", "d", "e"]) == "a, b, c and 2 more"
