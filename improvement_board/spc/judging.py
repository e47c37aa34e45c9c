"""Judge series by the rules of NHSRplotthedots, many at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from improvement_board.spc.lines import Booleans, Floats, GroupRows, Integers, Lines, draw_lines
from improvement_board.spc.rules import SPECIAL_CAUSE_TYPES, special_causes
from improvement_board.spc.series import LARGEST_VALUE, Group, Judged, SeriesInput

CELLS_AT_ONCE = 1_000_000
TYPE_NAMES = np.array(SPECIAL_CAUSE_TYPES, dtype=object)
HIGH_AND_LOW = {
    "increase": ("special_cause_improvement", "special_cause_concern"),
    "decrease": ("special_cause_concern", "special_cause_improvement"),
    "neutral": ("special_cause_neutral_high", "special_cause_neutral_low"),
}
POINT_TYPES = {direction: ("common_cause", *names * 4) for direction, names in HIGH_AND_LOW.items()}
POINT_TYPE_NAMES = {direction: np.array(names, dtype=object) for direction, names in POINT_TYPES.items()}


def judge(
    dates: Sequence[date],
    values: Sequence[float | None],
    *,
    improvement_direction: str,
    target: float | None = None,
    screen_outliers: bool = True,
    fix_after_n_points: int | None = None,
    rebase: Sequence[date] = (),
) -> Judged:
    """Judge one series; see `SeriesInput` for what each argument means. Raises ValueError as `judge_many` does."""
    series = SeriesInput(dates, values, improvement_direction, target, screen_outliers, fix_after_n_points, rebase)
    return judge_many([series])[0]


def judge_many(series: Sequence[SeriesInput]) -> list[Judged]:
    """Judge every series, in the order given.

    Rules: "Making Data Count" XmR as NHSRplotthedots 0.2.2 applies them. A missing value breaks a trend, also where the
    peer stops with an error. Raises ValueError for an unknown direction, repeated dates, a baseline below 12 points,
    or a value that is infinite or beyond ±1e300.
    """
    judged: list[Judged] = []
    for batch in _batches([_prepare(each) for each in series]):
        judged.extend(_judge_batch(batch))
    return judged


@dataclass(frozen=True)
class _Prepared:
    """A checked series in date order; `starts` is the first row of each group, then the number of rows."""

    series: SeriesInput
    dates: tuple[date, ...]
    values: Floats
    starts: tuple[int, ...]
    first_number: int

    @property
    def longest_group(self) -> int:
        return max((after - before for before, after in pairwise(self.starts)), default=0)


def _prepare(series: SeriesInput) -> _Prepared:
    series.check()
    dates = tuple(series.dates)
    values = np.array(series.values, dtype=np.float64)
    if any(after < before for before, after in pairwise(dates)):
        order = sorted(range(len(dates)), key=dates.__getitem__)
        dates, values = tuple(dates[row] for row in order), values[order]
    if (np.abs(values) > LARGEST_VALUE).any():
        raise ValueError(f"a value is infinite or beyond ±{LARGEST_VALUE:g}")
    rebase = set(series.rebase)
    rebase_rows = [row for row, day in enumerate(dates) if day in rebase] if rebase else []
    starts = (0, *(row for row in rebase_rows if row > 0), len(dates)) if dates else (0,)
    return _Prepared(series, dates, values, starts, first_number=int(0 in rebase_rows))


def _batches(series: list[_Prepared]) -> Iterator[list[_Prepared]]:
    """Bounds the memory of the padded arrays when one series is far longer than the others."""
    batch: list[_Prepared] = []
    groups = width = 0
    for prepared in series:
        groups += len(prepared.starts) - 1
        width = max(width, prepared.longest_group)
        if batch and groups * width > CELLS_AT_ONCE:
            yield batch
            batch, groups, width = [], len(prepared.starts) - 1, prepared.longest_group
        batch.append(prepared)
    if batch:
        yield batch


def _judge_batch(batch: list[_Prepared]) -> Iterator[Judged]:
    lengths = np.concatenate([np.diff(prepared.starts) for prepared in batch])
    in_group: Booleans = np.arange(lengths.max(initial=0)) < lengths[:, None]
    groups = _group_rows(batch, lengths, in_group)
    lines = draw_lines(groups)
    points = _Points(groups.values[in_group], lines, special_causes(groups.values, lines)[in_group], in_group, lengths)
    group_values = _group_values(lines)
    first_group = first_row = 0
    for prepared in batch:
        how_many = len(prepared.starts) - 1
        rows = slice(first_row, first_row + len(prepared.dates))
        target_position = int(lines.outside[first_group + how_many - 1, -1]) if how_many else 0
        yield points.judged(prepared, rows, group_values[first_group : first_group + how_many], target_position)
        first_group += how_many
        first_row = rows.stop


def _group_rows(batch: list[_Prepared], lengths: Integers, in_group: Booleans) -> GroupRows:
    values: Floats = np.full(in_group.shape, np.nan)
    values[in_group] = np.concatenate([prepared.values for prepared in batch])
    baselines = lengths.copy()
    screens: Booleans = np.ones(len(lengths), dtype=np.bool_)
    targets: Floats = np.full(len(lengths), np.nan)
    first = 0
    for prepared in batch:
        last = first + len(prepared.starts) - 1
        screens[first:last] = prepared.series.screen_outliers
        if prepared.series.fix_after_n_points is not None:
            baselines[first:last] = np.minimum(baselines[first:last], prepared.series.fix_after_n_points)
        if prepared.series.target is not None and last > first:
            targets[last - 1] = prepared.series.target
        first = last
    return GroupRows(values, baselines, screens, targets)


def _group_values(lines: Lines) -> list[list[float | None]]:
    names = ("mean", "lower", "upper", "near_lower", "near_upper", "average_moving_range")
    values = np.column_stack([getattr(lines, name) for name in names])
    as_list: list[list[float | None]] = _known_or_none(values, ~np.isnan(values))
    return as_list


def _known_or_none(values: NDArray[Any], known: Booleans) -> list[Any]:
    """The array as a list of Python's own numbers and booleans, with None where it is not known."""
    objects = values.astype(object)
    objects[~known] = None
    as_list: list[Any] = objects.tolist()
    return as_list


class _Points:
    """The judged points of a batch, one after another in the order of its series."""

    def __init__(self, values: Floats, lines: Lines, causes: Integers, in_group: Booleans, lengths: Integers) -> None:
        limited = np.repeat(~np.isnan(lines.upper), lengths)
        known = ~np.isnan(values)
        centred = known & np.repeat(~np.isnan(lines.mean), lengths)
        side, outside, beyond_near = (
            sides[:, :-1][in_group] for sides in (lines.side, lines.outside, lines.beyond_near)
        )
        self._values = _known_or_none(values, known)
        self._side = _known_or_none(side, centred)
        self._outside = _known_or_none(outside != 0, known & limited)
        self._close = _known_or_none((outside == 0) & (beyond_near != 0), known & limited)
        self._causes = causes

    def judged(self, prepared: _Prepared, rows: slice, lines: list[list[float | None]], target_position: int) -> Judged:
        causes = self._causes[rows]
        point_types = tuple(POINT_TYPE_NAMES[prepared.series.improvement_direction][causes].tolist())
        bounds = pairwise(prepared.starts)
        return Judged(
            dates=prepared.dates,
            values=tuple(self._values[rows]),
            groups=tuple(
                Group(prepared.first_number + index, first, end - first, *line)
                for index, ((first, end), line) in enumerate(zip(bounds, lines, strict=True))
            ),
            relative_to_mean=tuple(self._side[rows]),
            outside_limits=tuple(self._outside[rows]),
            close_to_limits=tuple(self._close[rows]),
            special_cause_types=tuple(TYPE_NAMES[causes].tolist()),
            point_types=point_types,
            variation_type=point_types[-1] if point_types else None,
            assurance_type=target_assurance(prepared.series, target_position) if point_types else None,
        )


def target_assurance(series: SeriesInput, target_position: int) -> str | None:
    """Assurance of a target above (1), below (-1) or within (0) the limits; None where there is nothing to assure."""
    if series.target is None or series.improvement_direction == "neutral":
        return None
    if target_position == 0:
        return "inconsistent"
    is_above = target_position > 0
    return "consistent_fail" if is_above == (series.improvement_direction == "increase") else "consistent_pass"
