"""What pages add to the judge: short, constant and nearly constant series, gaps, events and targets."""

from __future__ import annotations

import calendar
from datetime import date

import pytest
from examples import tried
from hypothesis import given, settings
from hypothesis import strategies as st
from spc_cases import oracle_series

from improvement_board.spc import PresentInput, judge, present, present_many

DIRECTIONS = {"higher": "increase", "lower": "decrease", "neither": "neutral"}
USUAL = [50.0, 53.0, 48.0, 51.0, 49.0, 52.0, 47.0, 50.0, 51.0, 54.0, 49.0, 50.0, 52.0]


def month_ends(count: int) -> list[date]:
    pairs = [(2019 + index // 12, index % 12 + 1) for index in range(count)]
    return [date(year, month, calendar.monthrange(year, month)[1]) for year, month in pairs]


def usual(count: int) -> list[float]:
    return [USUAL[index % len(USUAL)] for index in range(count)]


@pytest.mark.parametrize("better", DIRECTIONS)
def test_an_ordinary_series_is_as_the_judge_says(better: str) -> None:
    days, values = month_ends(30), [*usual(28), None, 62.0]
    judged = judge(days, values, improvement_direction=DIRECTIONS[better], target=70.0)
    shown = present(days, values, better=better, targets=[(date(2019, 4, 1), 70.0)])
    group = judged.groups[0]
    assert set(shown.mean) == {group.mean}
    assert (set(shown.lower_limit), set(shown.upper_limit)) == ({group.lpl}, {group.upl})
    assert shown.point_types == (*judged.point_types[:28], None, judged.point_types[29])
    assert shown.rules == (*[None] * 29, "Above UCL")
    assert (shown.variation, shown.assurance) == (judged.variation_type, judged.assurance_type)
    assert (shown.enough_points, shown.better, shown.target) == (True, better, 70.0)


def test_limits_appear_from_twelve_points() -> None:
    short = present(month_ends(11), usual(11), better="higher", targets=[(date(2019, 1, 1), 10.0)])
    assert not short.enough_points
    assert short.values == tuple(usual(11))
    assert set(short.mean) | set(short.lower_limit) | set(short.upper_limit) == {None}
    assert set(short.point_types) | set(short.rules) == {None}
    assert (short.variation, short.assurance) == (None, None)
    enough = present(month_ends(12), usual(12), better="higher", targets=[(date(2019, 1, 1), 10.0)])
    assert enough.enough_points
    assert None not in enough.upper_limit
    assert (enough.variation, enough.assurance) == ("common_cause", "consistent_pass")


def test_a_missing_value_is_a_gap_and_no_point() -> None:
    with_gap = [*usual(11), None]
    assert not present(month_ends(12), with_gap, better="higher").enough_points
    shown = present(month_ends(13), [*with_gap, 50.0], better="higher")
    assert shown.enough_points
    assert shown.values[11] is None
    assert shown.point_types[11] is None
    assert shown.mean[11] is not None


def test_no_figure_in_the_last_period_has_no_variation() -> None:
    shown = present(month_ends(20), [*usual(19), None], better="higher", targets=[(date(2019, 1, 1), 10.0)])
    assert shown.enough_points
    assert shown.variation is None
    assert shown.assurance == "consistent_pass"


def test_figures_that_are_never_neighbours_cannot_be_judged() -> None:
    values = [value if index % 2 else None for index, value in enumerate(usual(26))]
    shown = present(month_ends(26), values, better="higher")
    assert not shown.enough_points
    assert set(shown.upper_limit) | set(shown.point_types) == {None}


@pytest.mark.parametrize(
    ("better", "target", "assurance"),
    [
        ("higher", 4.9, "consistent_pass"),
        ("higher", 5.0, "consistent_pass"),
        ("higher", 5.1, "consistent_fail"),
        ("lower", 4.9, "consistent_fail"),
        ("lower", 5.0, "consistent_pass"),
        ("lower", 5.1, "consistent_pass"),
        ("neither", 5.0, None),
        ("higher", None, None),
    ],
)
def test_a_constant_lies_on_its_mean_and_is_compared_with_its_target(
    better: str, target: float | None, assurance: str | None
) -> None:
    targets = [] if target is None else [(date(2019, 1, 1), target)]
    shown = present(month_ends(14), [5.0] * 6 + [None] + [5.0] * 7, better=better, targets=targets)
    assert set(shown.mean) == set(shown.lower_limit) == set(shown.upper_limit) == {5.0}
    assert shown.point_types == ("common_cause",) * 6 + (None,) + ("common_cause",) * 7
    assert (shown.variation, shown.assurance) == ("common_cause", assurance)


def test_a_constant_at_a_target_that_rounding_puts_beside_it_meets_it() -> None:
    shown = present(month_ends(12), [100 * 0.29] * 12, better="higher", targets=[(date(2019, 1, 1), 29.0)])
    assert 100 * 0.29 < 29.0
    assert shown.assurance == "consistent_pass"


def test_a_nearly_constant_series_flags_only_what_differs() -> None:
    values = [100.0] * 20 + [60.0]
    judged = judge(month_ends(21), values, improvement_direction="increase")
    assert "Common Cause" not in judged.special_cause_types
    shown = present(month_ends(21), values, better="higher", targets=[(date(2019, 1, 1), 98.0)])
    assert shown.point_types == ("common_cause",) * 20 + ("special_cause_concern",)
    assert shown.rules == (None,) * 20 + ("Below LCL",)
    assert shown.mean[0] == pytest.approx(2060 / 21)
    assert (shown.lower_limit[0], shown.upper_limit[0]) == pytest.approx((100 - 2.66 * 2, 100 + 2.66 * 2))
    assert (shown.variation, shown.assurance) == ("special_cause_concern", "inconsistent")


@pytest.mark.parametrize(("target", "assurance"), [(94.0, "consistent_pass"), (106.0, "consistent_fail")])
def test_assurance_of_a_nearly_constant_series_comes_from_its_limits(target: float, assurance: str) -> None:
    shown = present(month_ends(21), [100.0] * 20 + [60.0], better="higher", targets=[(date(2019, 1, 1), target)])
    assert shown.assurance == assurance


def test_one_step_between_two_constants_flags_the_second() -> None:
    shown = present(month_ends(40), [5.0] * 20 + [6.0] * 20, better="lower")
    assert shown.point_types == ("common_cause",) * 20 + ("special_cause_concern",) * 20


def test_a_step_hidden_in_a_gap_is_seen() -> None:
    shown = present(month_ends(21), [5.0] * 14 + [None] + [6.0] * 6, better="higher")
    assert shown.point_types == ("common_cause",) * 14 + (None,) + ("special_cause_improvement",) * 6


@settings(max_examples=tried(200), deadline=None)
@given(st.lists(st.sampled_from([0, 0, 0, 0, 0, 0, 0, 1, 2]), min_size=12, max_size=36))
def test_rare_events_are_never_all_flagged(values: list[int]) -> None:
    judged = judge(month_ends(len(values)), values, improvement_direction="decrease")
    shown = present(month_ends(len(values)), values, better="lower")
    if not judged.groups[0].average_moving_range:
        assert "common_cause" in shown.point_types


def test_the_peers_nearly_constant_series() -> None:
    series = oracle_series()["s130"]
    shown = present(series.dates, series.values, better="neither")
    assert [rule for rule in shown.rules if rule] == ["Below LCL"]


@pytest.mark.parametrize("event", [date(2020, 4, 1), date(2020, 4, 15), date(2020, 4, 30)])
def test_an_event_moves_to_the_next_period_end(event: date) -> None:
    days = month_ends(30)
    shown = present(days, usual(15) + [value + 20 for value in usual(15)], better="higher", rebase_events=[event])
    assert days[15] == date(2020, 4, 30)
    assert shown.rebase_groups == (0,) * 15 + (1,) * 15
    assert set(shown.point_types) == {"common_cause"}
    assert len(set(shown.mean)) == 2


def test_events_before_the_second_and_after_the_last_point_do_nothing() -> None:
    days, values = month_ends(30), usual(30)
    events = [date(2015, 1, 1), days[0], date(2021, 7, 1), date(2030, 1, 1)]
    assert present(days, values, better="higher", rebase_events=events) == present(days, values, better="higher")


def test_two_events_in_one_month_are_one_rebase() -> None:
    events = [date(2020, 4, 2), date(2020, 4, 20)]
    shown = present(month_ends(30), usual(30), better="higher", rebase_events=events)
    assert shown.rebase_groups == (0,) * 15 + (1,) * 15


def test_a_short_last_group_has_no_icons_and_leaves_the_first_alone() -> None:
    targets = [(date(2019, 1, 1), 20.0)]
    first = present(month_ends(15), usual(15), better="higher", targets=targets)
    shown = present(month_ends(20), usual(20), better="higher", targets=targets, rebase_events=[date(2020, 4, 1)])
    assert shown.point_types[:15] == first.point_types
    assert shown.mean[:15] == first.mean
    assert set(shown.mean[15:]) | set(shown.point_types[15:]) | set(shown.upper_limit[15:]) == {None}
    assert (shown.enough_points, shown.variation, shown.assurance) == (False, None, None)


def test_the_target_in_force_at_the_last_point_is_judged() -> None:
    targets = [(date(2021, 1, 1), 90.0), (date(2019, 1, 1), 10.0), (date(2030, 1, 1), 0.0)]
    before = present(month_ends(24), usual(24), better="higher", targets=targets)
    after = present(month_ends(25), usual(25), better="higher", targets=targets)
    assert (before.target, before.assurance) == (10.0, "consistent_pass")
    assert (after.target, after.assurance) == (90.0, "consistent_fail")
    assert present(month_ends(24), usual(24), better="higher", targets=targets[2:]).target is None
    on_the_day = [(month_ends(24)[-1], 60.0)]
    assert present(month_ends(24), usual(24), better="higher", targets=on_the_day).target == 60.0


def test_limits_are_never_clipped() -> None:
    shown = present(month_ends(14), [0.0, 100.0] * 7, better="higher")
    assert shown.lower_limit[0] == pytest.approx(50 - 266)
    assert shown.upper_limit[0] == pytest.approx(50 + 266)


def test_periods_come_back_in_order() -> None:
    days, values = month_ends(20), usual(20)
    assert present(days[::-1], values[::-1], better="higher") == present(days, values, better="higher")


def test_many_are_as_one_by_one_and_keep_their_order() -> None:
    series = [
        PresentInput(month_ends(30), usual(30), "higher", [(date(2019, 1, 1), 90.0)], [date(2020, 4, 1)]),
        PresentInput(month_ends(12), [5.0] * 12, "lower"),
        PresentInput([], [], "lower"),
        PresentInput(month_ends(21), [100.0] * 20 + [60.0], "neither"),
    ]
    alone = [
        present(
            each_series.period_ends,
            each_series.values,
            better=each_series.better,
            targets=each_series.targets,
            rebase_events=each_series.rebase_events,
        )
        for each_series in series
    ]
    assert present_many(series) == alone


def test_nothing_to_show() -> None:
    shown = present([], [], better="higher", targets=[(date(2019, 1, 1), 1.0)], rebase_events=[date(2020, 1, 1)])
    assert (shown.period_ends, shown.enough_points, shown.variation, shown.assurance) == ((), False, None, None)


def test_an_unknown_better_is_refused() -> None:
    with pytest.raises(ValueError, match="higher, lower, neither"):
        present(month_ends(2), [1.0, 2.0], better="up")
