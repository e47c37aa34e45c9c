"""Limits for teams by their size: by hand for a share and a rate, wider where teams spread more than chance."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement_board.spc.funnel import Limits, Size, funnel_limits

TWO = [Size(20.0, 100.0), Size(80.0, 300.0)]  # together a quarter


def limits_of(unit: str, sizes: list[Size]) -> list[tuple[float, float] | None]:
    return [None if limits is None else (limits.lower, limits.upper) for limits in funnel_limits(unit, sizes)]


def test_a_share_has_the_limits_of_a_binomial() -> None:
    error = math.sqrt(0.25 * 0.75 / 100)
    first, second = funnel_limits("percent", TWO)
    assert first is not None
    assert second is not None
    assert first.lower == pytest.approx(100 * (0.25 - 3 * error))
    assert first.upper == pytest.approx(100 * (0.25 + 3 * error))
    assert (first.lower, first.upper) == pytest.approx((12.0096189432, 37.9903810568))
    assert (second.lower, second.upper) == pytest.approx((17.5, 32.5))


@pytest.mark.parametrize(("unit", "factor"), [("average", 1.0), ("days", 1.0), ("rate_per_10000", 10_000.0)])
def test_an_average_and_a_rate_have_the_limits_of_a_poisson(unit: str, factor: float) -> None:
    sizes = [Size(180.0, 9.0), Size(140.0, 7.0)]  # together 20
    error = math.sqrt(20.0 / 9.0)
    funnel = funnel_limits(unit, sizes)[0]
    assert funnel is not None
    assert funnel.lower == pytest.approx(factor * (20.0 - 3 * error))
    assert funnel.upper == pytest.approx(factor * (20.0 + 3 * error))
    assert (funnel.lower / factor, funnel.upper / factor) == pytest.approx((15.5278640450, 24.4721359550))


def test_limits_stay_where_figures_can_be() -> None:
    assert limits_of("percent", [Size(1.0, 2.0), Size(1.0, 2.0)]) == [(0.0, 100.0)] * 2
    ((lower, upper),) = limits_of("average", [Size(1.0, 1.0)])  # type: ignore[misc]
    assert (lower, upper) == (0.0, 4.0)


@pytest.mark.parametrize("unit", ["percent", "average"])
def test_without_a_size_there_are_no_limits(unit: str) -> None:
    assert funnel_limits(unit, []) == []
    assert funnel_limits(unit, [Size(0.0, 0.0), Size(3.0, 0.0)]) == [None, None]
    alone, absent = funnel_limits(unit, [Size(1.0, 4.0), Size(0.0, 0.0)])
    assert alone is not None
    assert absent is None


@pytest.mark.parametrize(("share", "centre"), [(0.0, 0.0), (1.0, 100.0)])
def test_where_all_or_none_are_the_limits_have_no_width(share: float, centre: float) -> None:
    sizes = [Size(share * size, float(size)) for size in (10, 20, 30, 40, 50)]
    assert funnel_limits("percent", sizes) == [Limits(centre, centre)] * 5


def test_teams_that_spread_more_than_chance_widen_the_limits_by_the_papers_factor() -> None:
    shares = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.5]
    sizes = [Size(100 * share, 100.0) for share in shares]
    error = math.sqrt(0.25 / 100)
    winsorised = [min(max(share, 0.2), 0.8) for share in shares]  # a tenth of ten at each end
    factor = sum(((share - 0.5) / error) ** 2 for share in winsorised) / 10
    assert factor == pytest.approx(18.4)
    funnel = funnel_limits("percent", sizes)[0]
    assert funnel is not None
    assert funnel.upper == pytest.approx(min(100.0, 100 * (0.5 + 3 * math.sqrt(factor) * error)))
    assert funnel.lower == pytest.approx(max(0.0, 100 * (0.5 - 3 * math.sqrt(factor) * error)))


def test_fewer_than_five_teams_say_nothing_of_their_spread() -> None:
    apart = [Size(10.0, 100.0), Size(90.0, 100.0), Size(10.0, 100.0), Size(90.0, 100.0)]
    error = math.sqrt(0.25 / 100)
    assert limits_of("percent", apart)[0] == pytest.approx((100 * (0.5 - 3 * error), 100 * (0.5 + 3 * error)))
    wider = limits_of("percent", [*apart, Size(50.0, 100.0)])[0]
    assert wider is not None
    assert wider[1] > 100 * (0.5 + 3 * error)


def test_teams_closer_together_than_chance_keep_its_limits() -> None:
    sizes = [Size(50.0, 100.0)] * 8
    error = math.sqrt(0.25 / 100)
    assert limits_of("percent", sizes) == [pytest.approx((100 * (0.5 - 3 * error), 100 * (0.5 + 3 * error)))] * 8


def test_a_team_without_a_size_does_not_count_towards_the_spread() -> None:
    sizes = [Size(40.0 + 5 * team_number, 100.0) for team_number in range(6)]
    assert funnel_limits("percent", [*sizes, Size(0.0, 0.0)])[:6] == funnel_limits("percent", sizes)


shares = st.tuples(st.floats(0, 1), st.integers(0, 10_000)).map(lambda pair: Size(pair[0] * pair[1], float(pair[1])))


@given(st.sampled_from(["percent", "average"]), st.lists(shares, max_size=20))
def test_limits_hold_the_services_figure_and_narrow_with_size(unit: str, sizes: list[Size]) -> None:
    funnel = funnel_limits(unit, sizes)
    whole = sum(size.denominator for size in sizes)
    assert [limits is None for limits in funnel] == [size.denominator == 0 for size in sizes]
    if not whole:
        return
    centre = (100.0 if unit == "percent" else 1.0) * sum(size.numerator for size in sizes) / whole
    for limits, size in zip(funnel, sizes, strict=True):
        if limits is None:
            continue
        assert limits.lower <= centre + 1e-9
        assert centre <= limits.upper + 1e-9
        for other, larger in zip(funnel, sizes, strict=True):
            if other is not None and larger.denominator >= size.denominator:
                assert other.upper <= limits.upper + 1e-9
