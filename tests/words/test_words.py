"""Sentences say what the numbers say, and nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from examples import tried
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from series_maker import STEADY, comparator, definition, judged, seasonal, series

from improvement_board.declared.events import Event
from improvement_board.figures.formats import format_month
from improvement_board.figures.series import (
    CategoryBreakdown,
    CategoryFigure,
    Distribution,
    Series,
    TeamComparison,
    TeamDot,
    WorkerFigure,
)
from improvement_board.figures.targets import target_state
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
    marked_months,
    restated_line,
    team_comparison_alternative_text,
    team_comparison_headline,
    why_words,
)
from improvement_board.words.names import listing, ordinal, shortened

HIGHER: dict[str, Any] = {"better": "higher"}
NEITHER: dict[str, Any] = {"better": "neither"}
SEPTEMBER = date(2026, 9, 30)


FALLEN = [12.0, 12.5, 11.5]


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (series([]), "Agency rate: no figures"),
        (series([None, None]), "Agency rate: no figures"),
        (series([None, None], symbols=["c", "c"]), "Agency rate: no figures (suppressed by the publisher)"),
        (series([18.2]), "Agency rate stood at 18.2%; the only figure so far"),
        (series([17.0, 18.2]), "Agency rate rose to 18.2%; too few to say whether that is a change"),
        (series([None, 18.2, 17.0]), "Agency rate fell to 17.0%; too few to say whether that is a change"),
        (series([17.0, None, 18.2]), "Agency rate stood at 18.2%; too few to say whether that is a change"),
        (
            series([17.0, 18.2, None]),
            "Agency rate rose to 18.2% (August 2026); too few to say whether that is a change; September 2026: ",
        ),
        (series([17.0, 18.2, None], symbols=[None, None, "u"]), "too unreliable to publish"),
        (series([100.0] * 14), "Agency rate stayed at 100.0%; too few to say whether that is a change"),
        (series([100.0] * 36, denominators=(200.0,) * 36), "stood at 100.0%, no real change from an average of 100.0%"),
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
    redesign = Event(date(2025, 1, 3), "Service redesign", "redesign", "all", True)
    future = Event(date(2027, 1, 1), "Later", "other", "all", False)
    before = Event(date(2019, 1, 1), "Earlier", "other", "all", False)
    values = [None, 22.0, *FALLEN]
    made = judged(values, target=20.0, comparators=(comparator({2024: 17.8}),), events=(redesign, future, before))
    assert alternative_text(made) == (
        f"{headline(made)}. Line chart of 36 monthly figures, September 2023 to September 2026 (1 month without a "
        "figure), the last 3 figures marked as better; marked: Service redesign (January 2025). Average of the 15 "
        "months to March 2026 21.7%, single months usually 20.8% to 22.6%, target 20.0%, target met in 3 of 11 months "
        "with a figure in the last year. Compared with England 17.8% (31 March 2024)."
    )
    assert event_words(made) == ("3 January 2025: Service redesign (a new baseline from here)",)


def test_the_alternative_text_gives_no_range_where_there_is_none() -> None:
    level = series([20.0] * 33 + [30.0, 31.0, 32.0], denominators=(200.0,) * 36)
    assert "Average of the 24 months to March 2026 20.0%." in alternative_text(level)
    by_season = alternative_text(seasonal([46.0, 26.0, 66.0]))
    assert by_season.endswith("marked as worse. Average of the 24 months to March 2026 50.0%.")
    near_all = alternative_text(series([97.0, 99.0, 94.0, 100.0] * 9, denominators=(200.0,) * 36))
    assert "single months usually 92.9% to 100.0%" in near_all


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


figures_of = st.one_of(st.none(), st.integers(0, 1000).map(lambda tenths: tenths / 10), st.floats(0, 100))


@st.composite
def any_series(draw: st.DrawFn) -> Series:
    """Figures of any kind, and some about a level that moved of late, so that every word of a verdict is tried."""
    values: list[float | None] = draw(st.lists(figures_of, max_size=40))
    if draw(st.booleans()):
        level, by, wobble = draw(st.floats(5, 95)), draw(st.floats(-60, 60)), draw(st.sampled_from([0.0, 1.0, 4.0]))
        recent = draw(st.integers(1, 9))
        before = [level + wobble * (value - 21.7) for value in STEADY * draw(st.integers(1, 4))]
        moved = [min(max(level + by + wobble * (value - 21.7), 0.0), 100.0) for value in STEADY[:recent]]
        values = [*before, *moved]
    of = {"better": draw(st.sampled_from(["higher", "lower", "neither"])), "seasonal": draw(st.booleans())}
    return series(
        values,
        target=draw(st.sampled_from([None, 0.0, 20.0, 50.0])),
        control_chart=draw(st.booleans()),
        grain=draw(st.sampled_from(["month", "month", "year"])),
        denominators=(draw(st.sampled_from([200.0, 200.0, 2.0])),) * len(values),
        of=of,
    )


@settings(max_examples=tried(200), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_series())
def test_no_headline_contradicts_its_numbers(made: Series) -> None:
    words, latest, verdict = headline(made), made.latest, made.verdict
    if latest is None:
        assert "no figures" in words
        return
    value, target, better = made.values[latest], made.targets[latest], made.definition.better
    assert value is not None
    compared = made.values[latest - 1] if latest else None
    if verdict is None and made.grain == "month" and latest >= 12 and made.values[latest - 12] is not None:
        compared = made.values[latest - 12]
    if verdict is not None and verdict.baseline is not None:
        compared = verdict.baseline.usual(made.period_ends[latest])
    if compared is None:
        assert "stood at" in words
    if re.search(r"(rose|edged up) to|, up ", words):
        assert compared is not None
        assert value > compared
    if re.search(r"(fell|edged down) to|, down ", words):
        assert compared is not None
        assert value < compared
    assert ("; the only figure" in words) == (sum(figure is not None for figure in made.values) == 1)
    if "meeting" in words or "missing the" in words:
        assert target is not None
        meets = value >= target - 1e-9 if better == "higher" else value <= target + 1e-9
        assert meets == ("meeting" in words)
    if better == "neither":
        assert not re.search("better|worse|target", words)
    else:
        assert not re.search("(higher|lower) since", words)


@settings(max_examples=tried(200), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_series())
def test_a_verdict_is_told_with_its_numbers_or_not_at_all(made: Series) -> None:
    words, verdict = headline(made), made.verdict
    told = re.search(r": (better|worse|higher|lower) since (\w+ \d+)", words)
    if verdict is None or verdict.baseline is None or made.latest is None:
        assert not re.search("better|worse|higher|lower|real change|average", words)
        return
    assert "too few" not in words
    assert (told is not None) == verdict.is_change == bool(marked_months(made))
    assert ("no real change" in words) != verdict.is_change
    numbers = [float(shown) for shown in re.findall(r"(-?[\d.]+)%", words)]
    if shown := re.search(r"(rose|fell) to", words):
        assert (numbers[0] > numbers[1]) == (shown[1] == "rose")
    if not told:
        return
    assert format_month(made.period_ends[marked_months(made)[0]]) == told[2]
    is_above = {"higher": True, "lower": False}.get(
        told[1], (told[1] == "better") == (made.definition.better == "higher")
    )
    for index in marked_months(made):
        value = made.values[index]
        assert value is not None
        if not made.definition.seasonal:
            assert value > verdict.baseline.mean if is_above else value < verdict.baseline.mean
    assert f"marked as {told[1]}" in alternative_text(made)
    assert "All three months lie on that side" in why_words(made)


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


def test_a_rate_of_too_few_is_its_count_and_no_end_of_the_categories() -> None:
    def of(*figures: tuple[str, float, float]) -> CategoryBreakdown:
        made = tuple(CategoryFigure(name, part, size, 100 * part / size, None) for name, part, size in figures)
        return replace(breakdown([]), figures=made)

    enough, few = [("in care", 9.0, 10.0), ("protection", 5.0, 10.0)], [("kinship", 1.0, 1.0), ("adopted", 0.0, 9.0)]
    text = category_alternative_text(of(*enough, *few))
    assert text == (
        "Agency rate by plan type: highest in care, 90.0%; lowest protection, 50.0%; 2 categories too few to say. "
        "September 2026: in care 90.0%; protection 50.0%; kinship 1 of 1 (too few to say); "
        "adopted 0 of 9 (too few to say)."
    )
    same = category_headline(of(enough[0], ("protection", 18.0, 20.0), few[0]))
    assert same == "Agency rate by plan type: 90.0% in each of 2 categories; 1 category too few to say"
    assert category_headline(of(*few)) == "Agency rate by plan type: too few to say"


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
    assert say("met", what, SEPTEMBER, new=14.3, target=20.0, of="Court").startswith(
        "Court: Agency rate stood at 14.3%"
    )
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
        ("missed", {"new": None, "target": 20.0}, "lower"),
        ("concern", {"new": 20.0}, "lower"),
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


def test_a_restated_line_counts_its_periods_and_gives_the_most() -> None:
    what = definition()

    def line(old: float | None, new: float | None, periods: int = 1, **more: Any) -> str:
        return restated_line(what, SEPTEMBER, (old, new), periods, unit="percent", **more)

    assert line(18.2, 18.24) == "Agency rate: September 2026 restated from 18.20% to 18.24%"
    assert line(18.2, None, 12) == "Agency rate: 12 months restated, the most September 2026, from 18.2% to no figure"
    assert line(19.0, 21.0, against=("missed", 20.0)).endswith("from 19.0% to 21.0%, now missing the target of 20.0%")
    assert line(19.0, 20.04, against=("missed", 20.0)).endswith(
        "from 19.00% to 20.04%, now missing the target of 20.00%"
    )
    assert line(1.0, 2.0, 3, grain="quarter", definition_changed=True) == (
        "Agency rate (now defined differently): 3 quarters restated, the most September 2026, from 1.0% to 2.0%"
    )
    with pytest.raises(ValueError, match="is not restated"):
        line(18.2, 18.2)
