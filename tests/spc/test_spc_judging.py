"""The judge agrees with the peer on its 91 series, with a slow second reading of the rules, and with itself."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from examples import tried
from hypothesis import given, settings
from hypothesis import strategies as st
from spc_cases import OPPOSITE, months, oracle_rows, oracle_series, reference

from improvement_board.spc import Judged, SeriesInput, judge, judge_many

EXPECTED = oracle_rows("expected.csv")
ICONS = oracle_rows("expected_icons.csv")
ERRORS = oracle_rows("expected_errors.csv")
SERIES = oracle_series()
JUDGED = dict(zip(SERIES, judge_many(list(SERIES.values())), strict=True))

few_numbers = st.lists(st.one_of(st.integers(-3, 6), st.none()), min_size=1, max_size=40)
numbers = st.lists(st.integers(-10_000, 10_000).map(lambda n: n / 8), min_size=2, max_size=40)


def point_results(judged: Judged) -> list[dict[str, object]]:
    return [
        {
            "date": judged.dates[row].isoformat(),
            "rebase_group": str(group.number),
            "value": judged.values[row],
            "mean": group.mean,
            "lpl": group.lpl,
            "upl": group.upl,
            "near_lpl": group.near_lpl,
            "near_upl": group.near_upl,
            "relative_to_mean": judged.relative_to_mean[row],
            "outside_limits": judged.outside_limits[row],
            "close_to_limits": judged.close_to_limits[row],
            "special_cause_type": judged.special_cause_types[row],
            "point_type": judged.point_types[row],
            "short_group_warning": group.is_short,
        }
        for group in judged.groups
        for row in range(group.first, group.first + group.rows)
    ]


def agrees(ours: object, theirs: str) -> bool:
    if ours is None or theirs == "":
        return ours is None and theirs == ""
    if isinstance(ours, bool):
        return theirs == str(ours).upper()
    if isinstance(ours, (int, float)):
        return ours == pytest.approx(float(theirs), abs=1e-9, rel=0)
    return ours == theirs


def test_the_oracle_is_whole() -> None:
    assert len(SERIES) == 91
    assert set(SERIES) == set(EXPECTED) | set(ERRORS)
    assert set(ICONS) == set(EXPECTED)
    assert sum(map(len, EXPECTED.values())) == 2281


@pytest.mark.parametrize("series_id", EXPECTED)
def test_every_point_agrees_with_the_peer(series_id: str) -> None:
    ours, theirs = point_results(JUDGED[series_id]), EXPECTED[series_id]
    assert len(ours) == len(theirs)
    differences = [
        f"{row['date']} {column}: ours {value}, theirs {row[column]}"
        for mine, row in zip(ours, theirs, strict=True)
        for column, value in mine.items()
        if not agrees(value, row[column])
    ]
    assert differences == []


@pytest.mark.parametrize("series_id", ICONS)
def test_the_last_point_agrees_with_the_peer(series_id: str) -> None:
    judged, theirs = JUDGED[series_id], ICONS[series_id][0]
    last = judged.groups[-1]
    ours = (judged.variation_type, judged.assurance_type or "", str(last.number), str(last.rows))
    assert ours == tuple(theirs[name] for name in ("variation_type", "assurance_type", "rebase_group", "n"))


@pytest.mark.parametrize("series_id", SERIES)
def test_alone_is_as_together(series_id: str) -> None:
    assert judge_many([SERIES[series_id]]) == [JUDGED[series_id]]


def test_a_missing_value_breaks_a_trend_where_the_peer_stops() -> None:
    judged = JUDGED["s158"]
    assert "7 Point Trend (Increasing)" not in judged.special_cause_types
    assert judged.special_cause_types[5:7] == ("Below LCL", "Below LCL")
    assert judged.special_cause_types[-2:] == ("Above UCL", "Above UCL")
    assert judged.groups[0].mean == pytest.approx(88 / 15)
    assert judged.groups[0].upl == pytest.approx(88 / 15 + 2.66 * 18 / 13)


def test_outlier_missing_value_baseline_and_rebase_together() -> None:
    judged = JUDGED["s190"]
    assert [(group.number, group.rows) for group in judged.groups] == [(0, 16), (1, 18)]
    assert judged.groups[0].mean == pytest.approx(834.1 / 12)
    assert [row for row, cause in enumerate(judged.special_cause_types) if cause != "Common Cause"] == [19]
    assert judged.assurance_type == "inconsistent"


@settings(max_examples=tried(300), deadline=None)
@given(few_numbers, st.booleans(), st.sampled_from([None, 12, 15]), st.integers(0, 40), st.sampled_from([1, 10, 1000]))
def test_agrees_with_a_second_reading_of_the_rules(
    values: list[int | None], screen: bool, baseline: int | None, split: int, unit: int
) -> None:
    """Few different numbers, so that ties with the mean and the limits abound; in tenths no float is exact."""
    days = months(len(values))
    exact = [None if value is None else Fraction(value, unit) for value in values]
    judged = judge(
        days,
        [None if value is None else value / unit for value in values],
        improvement_direction="neutral",
        screen_outliers=screen,
        fix_after_n_points=baseline,
        rebase=days[split : split + 1],
    )
    parts = [part for part in (exact[:split], exact[split:]) if part]
    expected = [reference(part, baseline or len(part), screen) for part in parts]
    assert list(judged.special_cause_types) == [cause for part in expected for cause in part.causes]
    for group, part in zip(judged.groups, expected, strict=True):
        assert (group.mean is None, group.upl is None) == (part.mean is None, part.limit is None)
        if part.mean is not None and part.limit is not None:
            assert group.mean == pytest.approx(float(part.mean), abs=1e-12)
            assert group.upl == pytest.approx(float(part.mean + part.limit), abs=1e-12)
            assert group.lpl == pytest.approx(float(part.mean - part.limit), abs=1e-12)


@settings(max_examples=tried(100), deadline=None)
@given(numbers, st.integers(-10_000, 10_000))
def test_shifting_every_value_shifts_mean_and_limits_alone(values: list[float], shift: int) -> None:
    days = months(len(values))
    before = judge(days, values, improvement_direction="increase")
    after = judge(days, [value + shift for value in values], improvement_direction="increase")
    assert after.special_cause_types == before.special_cause_types
    for name in ("mean", "lpl", "upl", "near_lpl", "near_upl"):
        old, new = getattr(before.groups[0], name), getattr(after.groups[0], name)
        assert new == (None if old is None else pytest.approx(old + shift, abs=1e-8))


@settings(max_examples=tried(100), deadline=None)
@given(few_numbers, st.sampled_from(["increase", "decrease", "neutral"]), st.integers(-3, 6))
def test_the_opposite_direction_swaps_improvement_and_concern(
    values: list[int | None], direction: str, target: int
) -> None:
    swap = {
        "special_cause_improvement": "special_cause_concern",
        "special_cause_concern": "special_cause_improvement",
        "consistent_pass": "consistent_fail",
        "consistent_fail": "consistent_pass",
    }
    days = months(len(values))
    judged_one = judge(days, values, improvement_direction=direction, target=target)
    other = judge(days, values, improvement_direction=OPPOSITE[direction], target=target)
    assert other.special_cause_types == judged_one.special_cause_types
    assert other.point_types == tuple(swap.get(point_type, point_type) for point_type in judged_one.point_types)
    assert other.assurance_type == swap.get(str(judged_one.assurance_type), judged_one.assurance_type)


@settings(max_examples=tried(100), deadline=None)
@given(st.lists(st.integers(0, 99), min_size=12, max_size=30), st.lists(st.integers(-500, 500), max_size=10))
def test_later_points_do_not_move_a_fixed_baseline(values: list[int], later: list[int]) -> None:
    def lines(series: list[int]) -> object:
        judged = judge(months(len(series)), series, improvement_direction="increase", fix_after_n_points=12)
        group = judged.groups[0]
        return group.mean, group.lpl, group.upl, group.near_lpl, group.near_upl

    assert lines(values + later) == pytest.approx(lines(values), abs=1e-9)


@settings(max_examples=tried(100), deadline=None)
@given(few_numbers, few_numbers)
def test_groups_are_judged_apart(before: list[int | None], after: list[int | None]) -> None:
    days = months(len(before) + len(after))
    split = len(before)
    whole = judge(days, before + after, improvement_direction="increase", target=2, rebase=[days[split]])
    first = judge(days[:split], before, improvement_direction="increase")
    second = judge(days[split:], after, improvement_direction="increase", target=2)
    assert whole.point_types == first.point_types + second.point_types
    assert (whole.groups[0].mean, whole.groups[1].mean) == (first.groups[0].mean, second.groups[0].mean)
    assert (whole.groups[0].upl, whole.groups[1].upl) == (first.groups[0].upl, second.groups[0].upl)
    assert whole.assurance_type == second.assurance_type


@settings(max_examples=tried(100), deadline=None)
@given(few_numbers, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(values: list[int | None], random: object) -> None:
    rows = list(zip(months(len(values)), values, strict=True))
    shuffled = rows.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    ordered = judge([day for day, _ in rows], values, improvement_direction="increase")
    assert judge([d for d, _ in shuffled], [v for _, v in shuffled], improvement_direction="increase") == ordered


@settings(max_examples=tried(50), deadline=None)
@given(few_numbers, st.sampled_from([2.0**-900, 2.0**-30, 2.0**900]))
def test_the_unit_does_not_matter(values: list[int | None], unit: float) -> None:
    scaled = [None if value is None else value * unit for value in values]
    days = months(len(values))
    as_measured, other = (judge(days, series, improvement_direction="increase") for series in (values, scaled))
    assert other.special_cause_types == as_measured.special_cause_types


def test_a_rebase_date_that_is_not_in_the_data_does_nothing() -> None:
    days = months(20)
    plain = judge(days, list(range(20)), improvement_direction="increase")
    assert judge(days, list(range(20)), improvement_direction="increase", rebase=[date(2019, 6, 1)]) == plain


def test_a_rebase_on_the_first_date_makes_group_one() -> None:
    days = months(20)
    judged = judge(days, list(range(20)), improvement_direction="increase", rebase=[days[0]])
    assert [(group.number, group.first, group.rows) for group in judged.groups] == [(1, 0, 20)]


def test_nothing_to_judge() -> None:
    judged = judge([], [], improvement_direction="increase", target=5)
    assert judged == Judged((), (), (), (), (), (), (), (), None, None)
    assert judge_many([]) == []


def test_only_missing_values() -> None:
    judged = judge(months(3), [None, float("nan"), None], improvement_direction="increase", target=5)
    assert judged.values == (None, None, None)
    assert (judged.groups[0].mean, judged.groups[0].upl) == (None, None)
    assert judged.relative_to_mean == judged.outside_limits == judged.close_to_limits == (None, None, None)
    assert (judged.variation_type, judged.assurance_type) == ("common_cause", "inconsistent")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"improvement_direction": "up"}, "increase, decrease, neutral"),
        ({"values": [1.0]}, "2 dates but 1 values"),
        ({"dates": months(1) * 2}, "more than once"),
        ({"values": [1.0, float("inf")]}, "infinite"),
        ({"values": [1.0, -1e301]}, "beyond"),
        ({"fix_after_n_points": 11}, "12 or more"),
        ({"target": float("nan")}, "finite"),
    ],
)
def test_what_cannot_be_judged_is_refused(changes: dict[str, object], message: str) -> None:
    good: dict[str, object] = {"dates": months(2), "values": [1.0, 2.0], "improvement_direction": "increase"}
    with pytest.raises(ValueError, match=message):
        judge_many([SeriesInput(**{**good, **changes})])  # type: ignore[arg-type]


def test_many_series_are_judged_in_bounded_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    from improvement_board.spc import judging as module

    sizes: list[int] = []
    original = module.draw_lines

    def counted(groups: module.GroupRows) -> module.Lines:
        sizes.append(groups.values.size)
        return original(groups)

    monkeypatch.setattr(module, "CELLS_AT_ONCE", 200)
    monkeypatch.setattr(module, "draw_lines", counted)
    assert judge_many(list(SERIES.values())) == list(JUDGED.values())
    assert len(sizes) > 5
    assert max(sizes) <= 200
