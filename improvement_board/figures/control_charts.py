"""Control charts, drawn when one is first asked for: downloads and teams' own limits need them, pages do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from improvement_board.spc import Presented, PresentInput, present_many

POINTS = ("period_ends", "values", "mean", "lower_limit", "upper_limit", "point_types", "rules", "rebase_groups")


class ControlCharts:
    """Those of many series over all that is known of each, which is quicker together."""

    def __init__(self, inputs: Sequence[PresentInput]) -> None:
        self._inputs = inputs

    @cached_property
    def presented(self) -> Sequence[Presented]:
        """Each, in the order given."""
        return present_many(self._inputs)


@dataclass(frozen=True, eq=False)
class ControlChart:
    """One of them, of the periods from one place up to another; the judgement of its last point stands."""

    charts: ControlCharts
    place: int
    start: int = 0
    stop: int | None = None

    @cached_property
    def presented(self) -> Presented:
        """Its means, limits and marks."""
        whole = self.charts.presented[self.place]
        part = slice(self.start, self.stop)
        return replace(whole, **{name: getattr(whole, name)[part] for name in POINTS})
