"""What a point's place against limits and target means, said only where the numbers bear it out."""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile
from typing import Literal

from improvement_board.declared.kpis import Better
from improvement_board.figures.formats import NO_CHANGE, format_difference, format_period, format_value, is_same
from improvement_board.figures.series import Series
from improvement_board.words.names import Direction, goodness, ordinal, period_plural

TargetState = Literal["met", "within tolerance", "missed"]
RULE_SIDES: dict[str, Direction] = {
    "Above UCL": 1,
    "Below LCL": -1,
    "7 Point Trend (Increasing)": 1,
    "7 Point Trend (Decreasing)": -1,
    "2 in 3 Above CL": 1,
    "2 in 3 Below CL": -1,
    "7 Points Above CL": 1,
    "7 Points Below CL": -1,
}
LIMIT_RULES = ("Above UCL", "Below LCL")
NEAR_SHARE = 2 / 3
ROUNDING = 1e-9
LEAST_RUN = 7
LEAST_STEPS = 6
TYPE_WORDS = {
    "special_cause_improvement": "a special cause: improvement",
    "special_cause_concern": "a special cause: concern",
    "special_cause_neutral_high": "a special cause: high",
    "special_cause_neutral_low": "a special cause: low",
}


def variation_clause(series: Series, index: int) -> str | None:
    """How the point stands against usual variation, to follow a comma; None where too few points allow no judgement.

    The rules are those of the NHS "Making Data Count" charts. A clause is given only after the numbers were seen to
    satisfy it; otherwise it says no more than the point's type.
    """
    presented = series.presented
    if presented is None or series.values[index] is None or presented.point_types[index] is None:
        return None
    rule = presented.rules[index]
    if rule is None or rule not in RULE_SIDES:
        return _common_cause(series, index)
    side = RULE_SIDES[rule]
    if rule in LIMIT_RULES:
        clause = _beyond_limit(series, index, side)
    elif "Trend" in rule:
        clause = _trend(series, index, side)
    elif rule.startswith("2 in 3"):
        clause = _near_limit(series, index, side)
    else:
        clause = _run(series, index, side)
    return clause or TYPE_WORDS.get(presented.point_types[index] or "", "a special cause")


def target_state(value: float, target: float, better: Better, tolerance: float = 0.0) -> TargetState | None:
    """Whether a value meets its target; None where neither direction is better.

    A value equal to the target meets it. One that misses by no more than `tolerance` is within tolerance.
    """
    if better == "neither":
        return None
    short_by = target - value if better == "higher" else value - target
    if short_by <= 0 or is_same(value, target):
        return "met"
    return "within tolerance" if short_by <= tolerance or is_same(short_by, tolerance) else "missed"


def target_clause(series: Series, index: int, target_text: str) -> str | None:
    """How the point stands against the target in force, to follow a comma."""
    value, target = series.values[index], series.targets[index]
    if value is None or target is None:
        return None
    state = target_state(value, target, series.definition.better, series.tolerance)
    if state == "within tolerance":
        tolerance = format_difference(series.tolerance, series.unit)
        return f"missing the target of {target_text} but within its tolerance of {tolerance}"
    return {"met": f"meeting the target of {target_text}", "missed": f"missing the target of {target_text}"}.get(
        state or ""
    )


def _common_cause(series: Series, index: int) -> str:
    presented, value = series.presented, series.values[index]
    if presented is None or value is None:
        return "usual variation"
    lower, upper = presented.lower_limit[index], presented.upper_limit[index]
    group = [at for at in _group(series, index) if series.values[at] is not None]
    if len(group) > 1 and len({series.values[at] for at in group}) == 1:
        since = format_period(series.period_ends[group[0]], series.grain, series.definition.timing)
        return f"the same in every figure since {since}"
    is_inside = lower is not None and upper is not None and lower - _slack(lower) <= value <= upper + _slack(upper)
    return "within the limits of usual variation" if is_inside else "usual variation"


def _beyond_limit(series: Series, index: int, side: Direction) -> str | None:
    presented, value = series.presented, series.values[index]
    if presented is None or value is None:
        return None
    limit = presented.upper_limit[index] if side == 1 else presented.lower_limit[index]
    if limit is None or (value - limit) * side <= 0:
        return None
    judged = goodness(side, series.definition.better)
    where = f"{judged} than" if judged else "above" if side == 1 else "below"
    return f"{where} the limits of usual variation"


def _trend(series: Series, index: int, side: Direction) -> str | None:
    def moves(at: int) -> bool:
        after, before = series.values[at], series.values[at - 1]
        return after is not None and before is not None and (after - before) * side > NO_CHANGE

    group = _group(series, index)
    so_far = _how_many(range(index, group.start, -1), moves)
    to_come = _how_many(range(index + 1, group.stop), moves)
    if so_far + to_come < LEAST_STEPS:
        return None
    ending = {"better": " (an improvement)", "worse": " (a concern)"}.get(
        goodness(side, series.definition.better) or ""
    )
    singular, many = ("rise", "rises") if side == 1 else ("fall", "falls")
    words = f"part of {so_far + to_come} {many} in a row" if to_come else f"the {ordinal(so_far)} {singular} in a row"
    return words + (ending or "")


def _near_limit(series: Series, index: int, side: Direction) -> str | None:
    presented, value = series.presented, series.values[index]
    if presented is None or value is None:
        return None
    mean = presented.mean[index]
    limit = presented.upper_limit[index] if side == 1 else presented.lower_limit[index]
    if mean is None or limit is None:
        return None
    near = mean + NEAR_SHARE * (limit - mean)
    if (value - near) * side < -_slack(near):
        return None
    judged = goodness(side, series.definition.better) or ("upper" if side == 1 else "lower")
    return f"near the {judged} limit of usual variation in at least two of three {period_plural(series)} in a row"


def _run(series: Series, index: int, side: Direction) -> str | None:
    presented = series.presented
    if presented is None:
        return None

    def is_on_side(at: int) -> bool:
        value, mean = series.values[at], presented.mean[at]
        return value is not None and mean is not None and (value - mean) * side > 0 and not is_same(value, mean)

    group = _group(series, index)
    so_far = _how_many(range(index, group.start - 1, -1), is_on_side)
    to_come = _how_many(range(index + 1, group.stop), is_on_side)
    if not so_far or so_far + to_come < LEAST_RUN:
        return None
    judged = goodness(side, series.definition.better)
    where = f"{judged} than" if judged else "above" if side == 1 else "below"
    points = f"{so_far + to_come} {period_plural(series)} in a row"
    return f"one of {points} {where} the average" if to_come else f"{where} the average for {points}"


def _how_many(indexes: range, holds: Callable[[int], bool]) -> int:
    return sum(1 for _ in takewhile(holds, indexes))


def _group(series: Series, index: int) -> range:
    """The places of the point's rebase group: limits, runs and trends do not reach past it."""
    groups = series.presented.rebase_groups if series.presented else (0,) * len(series.values)
    first = next(at for at, number in enumerate(groups) if number == groups[index])
    return range(first, first + groups.count(groups[index]))


def _slack(limit: float) -> float:
    return abs(limit) * ROUNDING


def limits_words(series: Series, index: int) -> str | None:
    """The average and limits in force at a point: "average 24.1%, usual variation 20.0% to 28.2%"."""
    presented = series.presented
    if presented is None or presented.mean[index] is None:
        return None
    average = f"average {format_value(presented.mean[index], series.unit)}"
    lower, upper = presented.lower_limit[index], presented.upper_limit[index]
    if lower is None or upper is None or lower == upper:
        return average
    return f"{average}, usual variation {format_value(lower, series.unit)} to {format_value(upper, series.unit)}"
