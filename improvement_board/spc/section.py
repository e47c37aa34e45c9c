"""One rebase group of a control chart as it is shown to people."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from improvement_board.spc.judging import target_assurance
from improvement_board.spc.lines import LIMIT_FACTOR
from improvement_board.spc.rules import SPECIAL_CAUSE_TYPES
from improvement_board.spc.series import Group, Judged, SeriesInput

MINIMUM_POINTS = 12
COMMON_CAUSE, ABOVE_LIMIT, BELOW_LIMIT = SPECIAL_CAUSE_TYPES[:3]
NO_MOVEMENT = 1e-9
SAME_NUMBER = 1e-12


@dataclass(frozen=True)
class Section:
    """`causes` names a special cause type for each row, None for a gap and in a section with too few points."""

    mean: float | None
    lower: float | None
    upper: float | None
    causes: list[str | None]
    assurance: str | None
    is_enough: bool


def show_section(group: Group, given: SeriesInput, judged: Judged) -> Section:
    """The group's lines, causes and assurance, as `present_many` says they differ from the judge's."""
    rows = slice(group.first, group.first + group.rows)
    values = judged.values[rows]
    figures = [value for value in values if value is not None]
    if len(figures) < MINIMUM_POINTS:
        return _too_few_points(group)
    lowest, highest = min(figures), max(figures)
    if lowest == highest:
        causes = [None if value is None else COMMON_CAUSE for value in values]
        return Section(lowest, lowest, lowest, causes, _constant_assurance(lowest, given), is_enough=True)
    ranges = [abs(after - before) for before, after in pairwise(values) if before is not None and after is not None]
    if not ranges:
        return _too_few_points(group)
    if (group.average_moving_range or 0) <= NO_MOVEMENT * max(abs(lowest), abs(highest)):
        return _nearly_constant(group, values, sum(ranges) / len(ranges), given)
    known = zip(values, judged.special_cause_types[rows], strict=True)
    causes = [None if value is None else cause for value, cause in known]
    return Section(group.mean, group.lpl, group.upl, causes, judged.assurance_type, is_enough=True)


def _too_few_points(group: Group) -> Section:
    return Section(None, None, None, [None] * group.rows, None, is_enough=False)


def _nearly_constant(
    group: Group, values: Sequence[float | None], average_moving_range: float, given: SeriesInput
) -> Section:
    usual = Counter(value for value in values if value is not None).most_common(1)[0][0]
    lower, upper = usual - LIMIT_FACTOR * average_moving_range, usual + LIMIT_FACTOR * average_moving_range
    causes = [
        None if value is None else ABOVE_LIMIT if value > upper else BELOW_LIMIT if value < lower else COMMON_CAUSE
        for value in values
    ]
    position = 0 if given.target is None else (given.target > upper) - (given.target < lower)
    return Section(group.mean, lower, upper, causes, target_assurance(given, position), is_enough=True)


def _constant_assurance(value: float, given: SeriesInput) -> str | None:
    if given.target is None:
        return None
    if math.isclose(value, given.target, rel_tol=SAME_NUMBER):
        at_target_is_met = -1 if given.improvement_direction == "increase" else 1
        return target_assurance(given, at_target_is_met)
    return target_assurance(given, 1 if given.target > value else -1)
