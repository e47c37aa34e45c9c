"""Control charts as pages and exports show them: the judge, made sensible for series of the kinds boards have."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from improvement_board.spc.judging import POINT_TYPES, judge_many
from improvement_board.spc.rules import SPECIAL_CAUSE_TYPES
from improvement_board.spc.section import COMMON_CAUSE, show_section
from improvement_board.spc.series import Judged, SeriesInput

IMPROVEMENT_DIRECTION_OF = {"higher": "increase", "lower": "decrease", "neither": "neutral"}
POINT_TYPE_OF = {
    direction: dict(zip(SPECIAL_CAUSE_TYPES, names, strict=True)) for direction, names in POINT_TYPES.items()
}


@dataclass(frozen=True)
class PresentInput:
    """One series of a page: a value (None = no figure) for each period end, in any order.

    `better` is a KPI definition's higher, lower or neither. `targets` are (from, value) steps, in any order; the one in
    force at the last period end is judged. `rebase_events` are the dates of events that change the process: each starts
    a new rebase group at the first period end on or after it, and does nothing after the last.
    """

    period_ends: Sequence[date]
    values: Sequence[float | None]
    better: str
    targets: Sequence[tuple[date, float]] = ()
    rebase_events: Sequence[date] = ()


@dataclass(frozen=True)
class Presented:
    """A control chart in date order, in the unit of the values; nothing rounded, nothing clipped.

    Each tuple has an item for each period end. A rebase group with fewer than 12 figures has no mean, limits or point
    types; a missing value has no point type and no rule. `rules` names the special cause shown ("Above UCL"), and is
    None at common cause. `enough_points`, `variation` (point type of the last point; None where its value is missing),
    `assurance` and `target` are those of the last group and point.
    """

    period_ends: tuple[date, ...]
    values: tuple[float | None, ...]
    mean: tuple[float | None, ...]
    lower_limit: tuple[float | None, ...]
    upper_limit: tuple[float | None, ...]
    point_types: tuple[str | None, ...]
    rules: tuple[str | None, ...]
    rebase_groups: tuple[int, ...]
    enough_points: bool
    variation: str | None
    assurance: str | None
    target: float | None
    better: str


def present(
    period_ends: Sequence[date],
    values: Sequence[float | None],
    *,
    better: str,
    targets: Sequence[tuple[date, float]] = (),
    rebase_events: Sequence[date] = (),
) -> Presented:
    """Present one series; see `PresentInput` and `present_many`."""
    return present_many([PresentInput(period_ends, values, better, targets, rebase_events)])[0]


def present_many(series: Sequence[PresentInput]) -> list[Presented]:
    """Present every series, in the order given, judged together.

    What differs from the judge, group by group:

    - fewer than 12 figures, or no two neighbouring ones: a plain line, with no lines, types or icons;
    - a constant group lies on its mean and is common cause; at its target or better is consistent_pass, else
      consistent_fail;
    - a nearly constant group (every moving range that is not zero is an outlier, so that the limits would have no width
      and flag every point) is judged around its usual value, the commonest and earliest: the limits lie 2.66 times the
      average of all its moving ranges away from it, values beyond them are special, and runs, trends and two in three
      are not looked for, since the usual value stays on one side of the mean. The mean shown is the true mean.

    Raises ValueError for an unknown `better` and as `judge_many` does.
    """
    inputs = [_series_input(each) for each in series]
    return [
        _presented(each, given, judged) for each, given, judged in zip(series, inputs, judge_many(inputs), strict=True)
    ]


def _series_input(series: PresentInput) -> SeriesInput:
    if series.better not in IMPROVEMENT_DIRECTION_OF:
        raise ValueError(f"better is {series.better!r}; allowed: {', '.join(IMPROVEMENT_DIRECTION_OF)}")
    period_ends = sorted(series.period_ends)
    positions = {bisect_left(period_ends, event) for event in series.rebase_events}
    in_force = [step for step in series.targets if period_ends and step[0] <= period_ends[-1]]
    return SeriesInput(
        dates=series.period_ends,
        values=series.values,
        improvement_direction=IMPROVEMENT_DIRECTION_OF[series.better],
        target=max(in_force, key=lambda step: step[0])[1] if in_force else None,
        rebase=[period_ends[position] for position in positions if 0 < position < len(period_ends)],
    )


def _presented(series: PresentInput, given: SeriesInput, judged: Judged) -> Presented:
    sections = [show_section(group, given, judged) for group in judged.groups]
    causes = [cause for section in sections for cause in section.causes]
    point_type_of = POINT_TYPE_OF[given.improvement_direction]
    point_types = tuple(None if cause is None else point_type_of[cause] for cause in causes)
    last = sections[-1] if sections else None
    return Presented(
        period_ends=judged.dates,
        values=judged.values,
        mean=tuple(section.mean for section in sections for _ in section.causes),
        lower_limit=tuple(section.lower for section in sections for _ in section.causes),
        upper_limit=tuple(section.upper for section in sections for _ in section.causes),
        point_types=point_types,
        rules=tuple(None if cause == COMMON_CAUSE else cause for cause in causes),
        rebase_groups=tuple(group.number for group in judged.groups for _ in range(group.rows)),
        enough_points=last is not None and last.is_enough,
        variation=point_types[-1] if point_types else None,
        assurance=last.assurance if last else None,
        target=given.target,
        better=series.better,
    )
