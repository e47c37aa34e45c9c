"""A last binary digit never decides what a board is told."""

from __future__ import annotations

import math

import pytest
from spc_cases import months

from improvement_board.spc import judge
from improvement_board.spc.exact import exact_lines


def test_ten_times_a_tenth_lies_on_its_mean() -> None:
    values = [0.1] * 10
    assert sum(values) / 10 != 0.1
    exact = exact_lines([*values, 0.1], baseline=10, screen=False)
    assert (exact.mean, exact.lower, exact.upper) == (0.1, 0.1, 0.1)
    assert exact.side == exact.outside == [0] * 11


def test_a_thousand_million_millionth_above_the_mean_is_above_it() -> None:
    exact = exact_lines([1.0, 1.00000000000002, 1.00000000000001, math.nan], baseline=3, screen=True)
    assert exact.side == [-1, 1, 0, 0]


def test_rounded_quotients_lie_on_the_mean_they_would_have_unrounded() -> None:
    """100 x 1/3, 100 x 2/3 and 50 have the mean 50, but the decimals that two of them print as do not."""
    values = [100 / 3, 200 / 3, 50.0, 200 / 3, 100 / 3]
    exact = exact_lines([*values, math.nan], baseline=5, screen=True)
    assert exact.side[:5] == [-1, 1, 0, 1, -1]
    assert exact.mean == pytest.approx(50)


def test_a_run_of_rounded_quotients_ends_on_the_mean() -> None:
    values = [200 / 3] * 6 + [50.0] + [200 / 3] * 3 + [100 / 3] * 9
    judged = judge(months(19), values, improvement_direction="increase")
    assert judged.relative_to_mean[6] == 0
    assert "7 Points Above CL" not in judged.special_cause_types


def test_a_target_on_a_limit_of_rounded_quotients_is_hit_and_miss() -> None:
    """Mean 1/3 + 2.66 x 2/3: in floating point the target lies one step below that limit."""
    values = [0, 1 / 3, 1, 1 / 3, 0]
    limit = 1 / 3 + 2.66 / 2
    judged = judge(months(5), values, improvement_direction="decrease", target=math.nextafter(limit, 9))
    assert judged.groups[0].upl == pytest.approx(limit)
    assert judged.assurance_type == "inconsistent"


def test_screening_is_strict() -> None:
    """1000 ranges of 1 among 3267 are exactly 3.267 times the average: out, and in once that is a hair more."""
    steps = [0.0]
    for moved in [1.0] * 1000 + [0.0] * 2267:
        steps.append(steps[-1] + moved)
    on_the_edge = exact_lines([*steps, math.nan], baseline=len(steps), screen=True)
    assert on_the_edge.average_moving_range == 0
    inside = exact_lines([*steps[:-1], steps[-1] + 0.001, math.nan], baseline=len(steps), screen=True)
    assert inside.average_moving_range == pytest.approx(1000.001 / 3267)


def test_screening_is_strict_for_rounded_quotients_too() -> None:
    steps = [moved / 3 for moved in [*range(1000), *[1000] * 2268]]
    assert exact_lines([*steps, math.nan], baseline=len(steps), screen=True).average_moving_range == 0


@pytest.mark.parametrize("start", [0.0, 0.1, 0.7, 1.1, 2.3, 17.9])
def test_a_range_on_the_edge_is_screened_out_wherever_the_series_starts(start: float) -> None:
    """The ranges average 1 and one of them is 3.267; in floating point some of these starts keep it."""
    values = [start]
    for moved in [3.267, -0.733, *[0.8, -0.8] * 5]:
        values.append(round(values[-1] + moved, 3))
    judged = judge(months(13), values, improvement_direction="increase")
    assert judged.groups[0].average_moving_range == pytest.approx((0.733 + 8) / 11)


@pytest.mark.parametrize("unit", [0.001, 0.01, 0.1, 0.3, 0.7, 1.0, 1.1])
@pytest.mark.parametrize(("distance", "is_close"), [(5.32, False), (5.33, True), (7.98, True)])
def test_a_value_on_a_limit_or_near_limit_is_within_it(unit: float, distance: float, is_close: bool) -> None:
    """Mean 10 and average range 3 units: near limits are 5.32 units away, limits 7.98."""
    values = [round(value * unit, 9) for value in [*[8.5, 11.5] * 6, 10 + distance, 10 - distance]]
    judged = judge(months(14), values, improvement_direction="increase", fix_after_n_points=12)
    assert judged.outside_limits[-2:] == (False, False)
    assert judged.close_to_limits[-2:] == (is_close, is_close)


def test_hostile_magnitudes_stay_exact() -> None:
    judged = judge(months(4), [1e300, -1e300, 5e-324, 0.0], improvement_direction="increase", target=1e-300)
    assert judged.relative_to_mean == (1, -1, 1, -1)
    assert judged.groups[0].upl is not None
    assert math.isfinite(judged.groups[0].upl)


def test_nothing_known() -> None:
    exact = exact_lines([math.nan, 1.0, math.nan], baseline=1, screen=True)
    assert math.isnan(exact.mean)
    assert exact.side == [0, 0, 0]
