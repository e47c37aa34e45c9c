"""What earlier editions said: the figure each gave for its own latest period, and all that was restated since."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from improvement_board.declared.kpis import Definition
from improvement_board.editions.open_edition import Store
from improvement_board.figures.assemble import Window
from improvement_board.figures.overview import overview
from improvement_board.figures.series import Series

CLOSE = 1e-9


@dataclass(frozen=True)
class PresentedIn:
    """What an earlier edition said of the period that was its latest, beside what this edition says of it."""

    edition: str
    period_end: dt.date
    then: float | None
    now: float | None
    restated: int
    definition_changed: bool


def presented_in(
    definition: Definition, service: Series, earlier: Sequence[Store], store: Store, last: dt.date
) -> tuple[PresentedIn, ...]:
    """For each earlier edition: its latest period of this KPI, what it said then and what is said now.

    An edition whose latest period ends after `last` is left out. One that showed the KPI in another unit (a count
    before the population was given), or by other periods, cannot be compared.
    """
    service = service.uncut or service
    now = dict(zip(service.period_ends, service.values, strict=True))
    current = store.manifest.kpis[definition.id].definition
    presented = []
    for edition in earlier:
        if definition.id not in edition.definitions:
            continue
        by_kpi, _ = overview(edition, {}, [definition.id], Window(None, edition.name.day))
        then = by_kpi[definition.id]
        if then.latest is None or (then.unit, then.grain) != (service.unit, service.grain):
            continue
        end: dt.date = then.period_ends[then.latest]
        if end > last:
            continue
        presented.append(
            PresentedIn(
                edition=str(edition.name),
                period_end=end,
                then=then.values[then.latest],
                now=now.get(end),
                restated=_restated(then, now),
                definition_changed=edition.manifest.kpis[definition.id].definition != current,
            )
        )
    return tuple(presented)


def _restated(then: Series, now: dict[dt.date, float | None]) -> int:
    """How many periods of the earlier edition have another figure now, among the periods shown."""
    pairs = zip(then.period_ends, then.values, strict=True)
    if then.is_protected:  # a figure kept back in either says nothing of the other
        pairs = ((end, value) for end, value in pairs if value is not None and now.get(end) is not None)  # type: ignore[assignment]
    return sum(1 for end, value in pairs if end in now and differs(value, now[end]))


def differs(before: float | None, after: float | None) -> bool:
    """Whether a figure was restated: more than the order in which parts are added up can leave in the last digits."""
    if before is None or after is None:
        return before is not after
    return not math.isclose(before, after, rel_tol=CLOSE, abs_tol=CLOSE)
