"""What changed between two editions, each change in one sentence that its numbers were checked against."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal, get_args

from improvement_board.declared.kpis import Definition, Unit
from improvement_board.figures.formats import format_apart, format_period, format_value
from improvement_board.figures.series import Grain
from improvement_board.figures.targets import TargetState, target_state
from improvement_board.words.names import PERIOD_NAMES, counted, on_one_line, shortened

STANDING: dict[TargetState, str] = {
    "met": "meeting the target of",
    "within tolerance": "within the tolerance of the target of",
    "missed": "missing the target of",
}
ChangeKind = Literal["missed", "restated", "changed", "met"]


def change_sentence(
    kind: ChangeKind,
    definition: Definition,
    period_end: date,
    *,
    new: float | None,
    old: float | None = None,
    target: float | None = None,
    definition_changed: bool = False,
    unit: Unit | None = None,
    grain: Grain = "month",
    of: str = "",
    other_periods: int = 0,
    new_symbol: str | None = None,
    old_symbol: str | None = None,
) -> str:
    """One change since the edition before, without a full stop.

    met, missed: `new` meets or misses `target`, which the edition before did not show.
    restated: the same period's figure was `old` and is `new`. changed, or restated with `definition_changed`: likewise,
    under another definition; where both figures agree only the definition's change is told. `of` names the team or
    category; `other_periods` says how many more periods differ.
    `unit` is that of the figures (default: the KPI's).

    Raises ValueError where the numbers do not bear the sentence out: a target "met" that is not, or a restated figure
    that is the same.
    """
    if kind not in get_args(ChangeKind):
        raise ValueError(f"kind is {kind!r}; allowed: {', '.join(get_args(ChangeKind))}")
    figures = _Figures(unit or definition.unit, old, new, target, old_symbol, new_symbol)
    name = f"{on_one_line(of)}: {on_one_line(definition.title)}" if of else on_one_line(definition.title)
    period = format_period(period_end, grain, definition.timing)
    if kind in ("met", "missed"):
        return _target(kind, name, period, figures, definition)
    more = f", and {counted(other_periods, 'other period', 'other periods')}" if other_periods > 0 else ""
    if kind == "changed" or definition_changed:
        return _redefined(name, period, figures, more)
    old_text, new_text = figures.old_and_new()
    if old_text == new_text:
        raise ValueError(f"{definition.id} is not restated for {period}: {old_text} before and now")
    return f"{name} for {period} was restated from {old_text} to {new_text}{more}"


def restated_line(
    definition: Definition,
    period_end: date,
    figures: tuple[float | None, float | None],
    periods: int,
    *,
    unit: Unit,
    grain: Grain = "month",
    of: str = "",
    definition_changed: bool = False,
    against: tuple[TargetState, float] | None = None,
) -> str:
    """How many periods of a KPI were restated: "Visits in time: 3 months restated, the most June 2026, from 5.8% to
    4.1%".

    `figures` are that period's before and now, and `against` how it stands now to its target, where it stood otherwise.
    Raises ValueError where the figures read alike.
    """
    name = f"{on_one_line(of)}: {on_one_line(definition.title)}" if of else on_one_line(definition.title)
    old, new = _Figures(unit, *figures, None, None, None).old_and_new()
    if old == new:
        raise ValueError(f"{definition.id} is not restated for {period_end}: {old} before and now")
    period = format_period(period_end, grain, definition.timing)
    many = counted(periods, *PERIOD_NAMES[grain])
    restated = f"{many} restated, the most {period}," if periods > 1 else f"{period} restated"
    changed = " (now defined differently)" if definition_changed else ""
    moved = ""
    if against is not None and figures[0] is not None and figures[1] is not None:
        new, old, target = format_apart([figures[1], figures[0], against[1]], unit)
        moved = f", now {STANDING[against[0]]} {target}"
    return f"{name}{changed}: {restated} from {old} to {new}{moved}"


class _Figures:
    """The numbers of a change, formatted so that different ones read differently."""

    def __init__(
        self,
        unit: Unit,
        old: float | None,
        new: float | None,
        target: float | None,
        old_symbol: str | None,
        new_symbol: str | None,
    ) -> None:
        self.unit, self.old, self.new, self.target = unit, old, new, target
        self._symbols = (old_symbol, new_symbol)

    def old_and_new(self) -> tuple[str, str]:
        """Both figures, or what stands in their place."""
        if self.old is not None and self.new is not None:
            old, new = format_apart([self.old, self.new], self.unit)
            return old, new
        old_symbol, new_symbol = self._symbols
        return format_value(self.old, self.unit, old_symbol), format_value(self.new, self.unit, new_symbol)

    def new_and_target(self) -> tuple[str, str]:
        """The new figure and its target."""
        if self.new is None or self.target is None:
            raise ValueError("a target is met or missed by a figure: both are needed")
        new, target = format_apart([self.new, self.target], self.unit)
        return new, target


def _target(kind: str, name: str, period: str, figures: _Figures, definition: Definition) -> str:
    new_text, target_text = figures.new_and_target()
    state = target_state(figures.new or 0.0, figures.target or 0.0, definition.better)
    if state is None or (state == "met") != (kind == "met"):
        raise ValueError(f"{definition.id} at {new_text} has not {kind} its target of {target_text}")
    now = "now meeting" if state == "met" else "now missing"
    return f"{name} stood at {new_text} in {period}, {now} the target of {target_text}"


def _redefined(name: str, period: str, figures: _Figures, more: str) -> str:
    sentence = f"{name} is now defined differently"
    old_text, new_text = figures.old_and_new()
    return sentence if old_text == new_text else f"{sentence}: {period} was {old_text} and is now {new_text}{more}"


def lost_sentence(titles: Sequence[str], cause: str) -> str:
    """Indicators that are no longer given and why, without a full stop. Raises ValueError without one."""
    if not titles:
        raise ValueError("nothing is lost without an indicator")
    named = shortened([on_one_line(title) for title in titles])
    return f"{named} {'is' if len(titles) == 1 else 'are'} no longer given, since {on_one_line(cause)}"
