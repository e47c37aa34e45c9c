"""A question is asked only where what it takes for granted is so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from band_series import team_ranges
from examples import tried
from hypothesis import given, settings
from hypothesis import strategies as st
from series_maker import definition, judged, period_ends, series

from improvement_board.figures.series import TeamComparison, TeamDot
from improvement_board.figures.targets import target_state_at
from improvement_board.words import question

RISEN = [21.0, 32.0, 33.0, 31.0]  # worse, where lower is better
GENERAL = "What is behind it: more need, less capacity, or how it is recorded?"
NO_SINGLE_TEAM = "No single team explains it: is it capacity, or how it is recorded?"
DUTY = TeamDot("Duty", None, 40, 100, 40.0, 14.0, 28.0, "above")
EDGE = TeamDot("Edge", None, 35, 100, 35.0, 14.0, 28.0, "above")
COURT = TeamDot("Court", None, 20, 100, 20.0, 14.0, 28.0, None)
NORTH = TeamDot("North", None, 6, 60, 10.0, 12.0, 30.0, "below")
TINY = TeamDot("Tiny", None, 1, 2, 50.0, None, None, None)


def teams(*dots: TeamDot) -> TeamComparison:
    end = judged(RISEN).period_ends[-1]
    return TeamComparison(definition(), "percent", end, end, 21.0, "size", dots)


@pytest.mark.parametrize(
    ("compared", "asked"),
    [
        (None, GENERAL),
        (teams(), GENERAL),
        (teams(TINY), GENERAL),
        (team_ranges([("A", 70)]), GENERAL),
        (teams(COURT, TINY), NO_SINGLE_TEAM),
        (teams(COURT, NORTH), NO_SINGLE_TEAM),
        (teams(COURT, EDGE, DUTY, NORTH), "What is different in Duty (40.0%)?"),
    ],
)
def test_a_team_is_named_only_where_it_stands_out_on_the_side_that_the_indicator_moved_to(
    compared: TeamComparison | None, asked: str
) -> None:
    assert question(judged(RISEN), compared, has_caveats=False) == asked


def test_a_team_of_several_months_is_named_with_them() -> None:
    year = replace(teams(DUTY), period_start=period_ends(12)[0])
    asked = "What is different in Duty (40.0%, 12 months to September 2026)?"
    assert question(judged(RISEN), year, has_caveats=False) == asked


def test_the_side_is_that_of_the_move_whichever_is_better() -> None:
    fallen = judged([22.0, 12.0, 12.5, 11.5], of={"better": "higher"})
    assert question(fallen, teams(DUTY, NORTH), has_caveats=False) == "What is different in North (10.0%)?"
    moved = judged(RISEN, of={"better": "neither"})
    assert question(moved, teams(DUTY, NORTH), has_caveats=False) == "What is different in Duty (40.0%)?"


def test_without_a_change_no_team_stands_out() -> None:
    assert question(judged([21.5]), teams(DUTY), has_caveats=False) == NO_SINGLE_TEAM


def test_of_one_team_the_question_is_to_it() -> None:
    own = judged(RISEN, level="team", team="Assessment\n<North>")
    assert question(own, teams(DUTY), has_caveats=False) == "What changed in Assessment <North>?"


def test_data_in_doubt_come_first() -> None:
    missed = judged([*[10.0] * 8, 32.0], target=20.0)
    assert question(missed, teams(DUTY), has_caveats=True) == "Is this real, or are the records late or incomplete?"


@pytest.mark.parametrize(
    ("values", "targets", "changes", "asked"),
    [
        (
            [10.0] * 6 + [30.0],
            [20.0] * 7,
            {},
            "The target was met for 6 months until September 2026: what changed then?",
        ),
        (
            [30.0] + [10.0] * 7 + [30.0] * 3,
            [20.0] * 11,
            {},
            "The target was met for 7 months until July 2026: what changed then?",
        ),
        (
            [10.0] * 6 + [30.0, None],
            [20.0] * 8,
            {},
            "The target was met for 6 months until August 2026: what changed then?",
        ),
        ([10.0] * 5 + [30.0], [20.0] * 6, {}, GENERAL),
        ([10.0] * 8, [20.0] * 8, {}, GENERAL),
        ([10.0] * 6 + [30.0, 10.0], [20.0] * 8, {}, GENERAL),
        ([10.0] * 6 + [None, 30.0], [20.0] * 8, {}, GENERAL),
        ([10.0] * 6 + [20.5, 30.0], [20.0] * 8, {"tolerance": 1.0}, GENERAL),
        ([19.0] * 7, [20.0] * 6 + [15.0], {}, GENERAL),
        ([10.0] * 6 + [30.0], [20.0] * 7, {"of": {"better": "neither"}}, GENERAL),
        ([10.0] * 6 + [30.0], [20.0] * 7, {"grain": "year", "control_chart": False}, GENERAL),
        ([10.0] * 7, [None] * 7, {}, GENERAL),
        ([None], [20.0], {}, GENERAL),
    ],
)
def test_a_target_is_newly_missed_after_at_least_six_months_that_met_it(
    values: list[float | None], targets: list[float | None], changes: dict[str, Any], asked: str
) -> None:
    assert question(series(values, targets=targets, **changes), None, has_caveats=False) == asked


def test_a_newly_missed_target_comes_before_the_teams() -> None:
    made = series([10.0] * 6 + [30.0], target=20.0)
    assert question(made, teams(DUTY), has_caveats=False).startswith("The target was met for 6 months")


@settings(max_examples=tried(60))
@given(
    st.lists(st.tuples(st.sampled_from([10.0, 20.5, 30.0, None]), st.integers(1, 9)), min_size=1, max_size=4),
    st.booleans(),
)
def test_the_months_that_a_question_counts_met_the_target(
    runs: list[tuple[float | None, int]], with_tolerance: bool
) -> None:
    values = [value for value, months in runs for _ in range(months)]
    made = series(values, target=20.0, tolerance=1.0 if with_tolerance else 0.0)
    asked = question(made, None, has_caveats=False)
    if asked == GENERAL:
        return
    met = int(asked.split("for ")[1].split()[0])
    states = [target_state_at(made, at) for at in range((made.latest or 0) + 1)]
    missed = len(states) - 1 - max(at for at, state in enumerate(states) if state == "met")
    assert met >= 6
    assert missed >= 1
    assert states[-missed:] == ["missed"] * missed
    assert states[-missed - met : -missed] == ["met"] * met
