"""Teams are compared over one period that is the same for all, and a team that has closed is not carried forward."""

from __future__ import annotations

from datetime import date

import pytest
from series_maker import series
from small_council import JUNE, SEPTEMBER, Council, month_ends, monthly
from small_desk import MARCH

from improvement_board.access.viewer import EVERYONE
from improvement_board.document.indicator import trail
from improvement_board.document.team import team_choices
from improvement_board.document.teams import closed_teams_note
from improvement_board.figures.assemble import Window
from improvement_board.figures.parts import comparison_period, parts_over
from improvement_board.figures.series import Series, TeamComparison
from improvement_board.page_models import Address, IndicatorChoice, Run

FLOW = {"timing": "flow"}
EVERY_MONTH = Window(None, SEPTEMBER)


def compared(council: Council, kpi: str, address: Address = Address()) -> TeamComparison:  # noqa: B008
    comparison = Run(council.board).look(EVERYONE, address).indicator(IndicatorChoice(kpi)).teams
    assert comparison is not None
    return comparison


def figures(comparison: TeamComparison) -> list[tuple[str, float | None, float | None, float | None]]:
    return [(dot.team, dot.numerator, dot.denominator, dot.value) for dot in comparison.dots]


@pytest.mark.parametrize(
    ("made", "window", "period"),
    [
        (series([1.0] * 20, of=FLOW), EVERY_MONTH, (date(2025, 10, 31), SEPTEMBER)),
        (series([1.0] * 5, of=FLOW), EVERY_MONTH, (date(2026, 5, 31), SEPTEMBER)),
        (series([1.0] * 20, of=FLOW), Window(date(2025, 2, 28), SEPTEMBER), (date(2025, 2, 28), SEPTEMBER)),
        (series([1.0] * 19 + [None], of=FLOW), EVERY_MONTH, (date(2025, 9, 30), date(2026, 8, 31))),
        (series([1.0] * 20), EVERY_MONTH, (SEPTEMBER, SEPTEMBER)),
        (series([1.0] * 20), Window(date(2025, 2, 28), SEPTEMBER), (SEPTEMBER, SEPTEMBER)),
        (series([1.0] * 4, grain="year", last=MARCH, of=FLOW), EVERY_MONTH, (MARCH, MARCH)),
        (series([None, None], of=FLOW), EVERY_MONTH, None),
        (series([]), EVERY_MONTH, None),
    ],
)
def test_a_flow_adds_up_twelve_months_and_a_snapshot_takes_the_latest(
    made: Series, window: Window, period: tuple[date, date] | None
) -> None:
    assert comparison_period(made.definition, [made], window) == period


def test_months_without_a_row_count_among_the_twelve(council: Council) -> None:
    ends = month_ends(18)
    rows = monthly([(1.0, 2.0)] * 18, team="North")
    council.publish(SEPTEMBER, {"seen": [*rows[:8], *rows[10:]]})
    comparison = compared(council, "seen")
    assert (comparison.period_start, comparison.period_end) == (ends[6], SEPTEMBER)
    assert figures(comparison) == [("North", 10.0, 20.0, 50.0)]


def test_parts_add_up_over_a_period_and_are_absent_without_a_figure() -> None:
    ends = month_ends(4)
    made = series([1.0] * 4, numerators=(1.0, 2.0, None, 4.0), denominators=(10.0, 20.0, None, 40.0))
    assert parts_over(made, (ends[1], ends[3])) == (6.0, 60.0)
    assert parts_over(made, (ends[2], ends[2])) == (None, None)
    assert parts_over(made, (date(2030, 1, 31), date(2030, 1, 31))) == (None, None)


def test_a_percentage_is_added_up_over_twelve_months_with_limits_by_size(desk_council: Council) -> None:
    comparison = compared(desk_council, "seen", Address(with_closed=True))
    assert (comparison.period_start, comparison.period_end) == (date(2025, 10, 31), SEPTEMBER)
    assert figures(comparison) == [
        ("South", 60.0, 120.0, 50.0),
        ("North", 144.0, 240.0, 60.0),
        ("East", 54.0, 60.0, 90.0),
    ]
    assert (comparison.service_numerator, comparison.service_denominator) == (270.0, 444.0)
    assert comparison.service_value == 100.0 * (54 + 144 + 60 + 12) / (60 + 240 + 120 + 24)
    assert comparison.not_recorded == 24.0
    assert comparison.limit_kind == "size"
    assert [dot.outside for dot in comparison.dots] == [None, None, "above"]
    assert [dot.service for dot in comparison.dots] == ["Help"] * 3


def test_a_closed_team_is_left_out_and_named_unless_it_is_asked_for(desk_council: Council) -> None:
    comparison = compared(desk_council, "seen")
    assert [dot.team for dot in comparison.dots] == ["South", "North"]
    assert comparison.closed == ("East",)
    assert comparison.service_value == 100.0 * (54 + 144 + 60 + 12) / (60 + 240 + 120 + 24), "the service is the same"
    asked = compared(desk_council, "seen", Address(with_closed=True))
    assert [dot.team for dot in asked.dots] == ["South", "North", "East"]
    assert asked.closed == ()
    at_work = compared(desk_council, "seen", Address(last=date(2026, 8, 31)))
    assert [dot.team for dot in at_work.dots] == ["South", "North", "East"], "it had figures of August"


def test_teams_that_have_all_closed_are_shown(council: Council) -> None:
    council.define("seen")
    council.define("other")
    rows = monthly([(5.0, 20.0)] * 12, JUNE, team="Old")
    council.publish(SEPTEMBER, {"seen": rows, "other": monthly([(5.0, 20.0)] * 12, team="New")})
    comparison = compared(council, "seen")
    assert ([dot.team for dot in comparison.dots], comparison.closed) == (["Old"], ())


def test_closed_teams_are_linked_to_and_kept_by_links(desk_council: Council) -> None:
    left_out, shown = (
        Run(desk_council.board).look(EVERYONE, address).indicator(IndicatorChoice("seen"))
        for address in (Address(last=SEPTEMBER), Address(last=SEPTEMBER, with_closed=True))
    )
    assert left_out.teams is not None
    assert shown.teams is not None
    note = closed_teams_note(left_out, left_out.teams)
    assert "1 team that has closed is left out." in note
    assert "closed=shown" in note
    assert "to=2026-09-30" in note
    assert "closed=shown" not in closed_teams_note(shown, shown.teams)
    assert shown.frame.address.parameters()["closed"] == "shown"
    assert "closed=shown" in trail(shown)


def test_the_team_page_folds_closed_teams_away(desk_council: Council) -> None:
    page = Run(desk_council.board).look(EVERYONE).team()
    assert ([team for team, _ in page.teams], page.closed) == (["North", "South"], (("East", date(2026, 8, 31)),))
    listed = team_choices(page)
    assert listed.index("<details") < listed.index("East")
    assert "(until August 2026)" in listed


def test_the_period_chosen_is_the_one_compared(desk_council: Council) -> None:
    comparison = compared(desk_council, "seen", Address(first=date(2026, 4, 30), last=JUNE))
    assert (comparison.period_start, comparison.period_end) == (date(2026, 4, 30), JUNE)
    assert figures(comparison) == [("South", 15.0, 30.0, 50.0), ("North", 36.0, 60.0, 60.0)]


def test_a_snapshot_takes_the_services_latest_month_and_leaves_out_a_closed_team(desk_council: Council) -> None:
    comparison = compared(desk_council, "average_caseload")
    assert (comparison.period_start, comparison.period_end) == (SEPTEMBER, SEPTEMBER)
    assert figures(comparison) == [("North", 40.0, 1.5, 40.0 / 1.5), ("South", 21.0, 1.0, 21.0)]
    assert all(dot.upper_limit is None for dot in comparison.dots), "too few to say"
    assert comparison.service_value == 61.0 / 2.5
    before = compared(desk_council, "average_caseload", Address(last=date(2026, 8, 31)))
    assert [dot.team for dot in before.dots] == ["East", "North", "South"]


def test_a_count_is_held_against_the_teams_own_past(desk_council: Council) -> None:
    comparison = compared(desk_council, "children")
    assert (comparison.unit, comparison.limit_kind, comparison.service_value) == ("count", "own", None)
    assert figures(comparison) == [("North", 60.0, None, 60.0), ("South", 40.0, None, 40.0)]
    assert [(dot.lower_limit, dot.upper_limit, dot.outside) for dot in comparison.dots] == [
        (60.0, 60.0, None),
        (40.0, 40.0, None),
    ]


def test_a_team_outside_its_own_past_is_said_to_be(council: Council) -> None:
    council.define("children", unit="count", denominator=None, better="neither", timing="snapshot")
    steady = [30.0, 32.0, 29.0, 31.0, 30.0, 32.0, 29.0, 31.0, 30.0, 32.0, 29.0, 31.0, 30.0]
    rows = [
        *monthly([*steady, 60.0], team="Up"),
        *monthly([*steady, 10.0], team="Down"),
        *monthly([*steady, 30.0], team="Same"),
        *monthly([10.0, 50.0], team="New"),
        *monthly([0.0, 3.0] * 7, team="Few"),
        *monthly([3.0]),
    ]
    council.publish(SEPTEMBER, {"children": rows})
    comparison = compared(council, "children")
    outside = {dot.team: dot.outside for dot in comparison.dots}
    assert outside == {"New": None, "Up": "above", "Same": None, "Down": "below", "Few": None}
    assert {dot.team for dot in comparison.dots if dot.upper_limit is None} == {"New", "Few"}
    assert comparison.not_recorded == 3.0


def test_the_worst_come_first_ties_by_name_and_teams_without_a_figure_last(council: Council) -> None:
    parts = {"A": (5.0, 10.0), "B": (9.0, 10.0), "C": (1.0, 10.0), "D": (5.0, 10.0), "F": (1.0, 1.0), "0": (0.0, 0.0)}
    rows = [month_row for team, pair in parts.items() for month_row in monthly([pair], team=team)]
    orders = {"higher": "CADBF0", "lower": "BADCF0", "neither": "BADCF0"}
    for better in orders:
        council.define(better, better=better)
    council.publish(SEPTEMBER, dict.fromkeys(orders, rows))
    for better, order in orders.items():
        comparison = compared(council, better)
        assert "".join(dot.team for dot in comparison.dots) == order
        assert (comparison.dots[-1].value, comparison.dots[-1].lower_limit, comparison.dots[-1].outside) == (
            None,
            None,
            None,
        )


def test_without_a_team_there_is_nothing_to_compare(desk_council: Council) -> None:
    board = desk_council.board
    for kpi in ("yearly", "attendance"):
        assert Run(board).look(EVERYONE).indicator(IndicatorChoice(kpi)).teams is None
