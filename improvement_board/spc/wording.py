"""The words and the name of each control-chart icon, for people who do not read control charts for a living."""

from __future__ import annotations

TOO_FEW_POINTS = "Too few points to judge"
NO_FIGURE = "No figure for the latest period"
NO_TARGET = "No target set"
NO_DIRECTION = "Neither direction is better, so no target is judged"

DIRECTIONS = {"higher": "higher is better", "lower": "lower is better"}
VARIATION_WORDS = {
    "common_cause": "Usual variation",
    "special_cause_neutral_high": "Special cause: high (neither direction is better)",
    "special_cause_neutral_low": "Special cause: low (neither direction is better)",
}
ASSURANCE_WORDS = {
    "consistent_pass": "Consistently meets target",
    "consistent_fail": "Consistently misses target",
    "inconsistent": "Hit and miss",
}


def variation_words(variation: str | None, better: str, *, enough_points: bool = True) -> str:
    """What the variation icon says. `variation` is a point type, None where there is nothing to judge.

    `better` is higher, lower or neither. Raises KeyError for a variation that `better` cannot have.
    """
    if not enough_points:
        return TOO_FEW_POINTS
    if variation is None:
        return NO_FIGURE
    if variation in ("special_cause_improvement", "special_cause_concern"):
        return f"Special cause: {variation.removeprefix('special_cause_')} ({DIRECTIONS[better]})"
    return VARIATION_WORDS[variation]


def assurance_words(assurance: str | None, *, enough_points: bool = True, has_target: bool = True) -> str:
    """What the assurance icon says; None is explained: no target, too few points, or no better direction."""
    if not has_target:
        return NO_TARGET
    if not enough_points:
        return TOO_FEW_POINTS
    return NO_DIRECTION if assurance is None else ASSURANCE_WORDS[assurance]


def icon_name(variation: str, improvement_direction: str) -> str:
    """The peer's name of a variation icon, such as improvement_low: the point type, with the side it lies on.

    `improvement_direction` is increase, decrease or neutral.
    """
    kind = variation.removeprefix("special_cause_")
    if kind not in ("improvement", "concern"):
        return kind
    is_high = (kind == "improvement") == (improvement_direction == "increase")
    return f"{kind}_{'high' if is_high else 'low'}"
