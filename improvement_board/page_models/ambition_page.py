"""One ambition: its statement, sponsor and KPIs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from improvement_board import words
from improvement_board.declared.plan import Ambition
from improvement_board.figures.few import is_few_at
from improvement_board.figures.recent import recent
from improvement_board.figures.series import Series
from improvement_board.figures.targets import target_state_at
from improvement_board.page_models.address import Address
from improvement_board.page_models.agenda import weigh_change
from improvement_board.page_models.ambition_verdict import verdict_on
from improvement_board.page_models.desk import Desk
from improvement_board.page_models.models import AmbitionPage, KpiOutline
from improvement_board.page_models.outline import find_not_supplied
from improvement_board.page_models.plan_page import standing_of

WEIGHTS = {"worse": 0, "moved": 1, "worse than England": 2, "better": 4}
OTHERS = 3
TARGETS_KEPT: tuple[words.Kept, ...] = ("never", "at times", "always")


def ambition_page(desk: Desk, address: Address, ambition_id: str) -> AmbitionPage:
    """The page of an ambition by its id. It has a team's figures where the address chooses one and the KPI has it."""
    plan = desk.store.plan
    number = {ambition.id: at for at, ambition in enumerate(plan.ambition)}[ambition_id]
    ambition = plan.ambition[number]
    kpis = [planned.kpi for planned in ambition.kpi]
    service, of_team = desk.outlines(kpis, address)
    there = {**service, **of_team} if address.team is None else of_team
    outlines = sorted((there[kpi] for kpi in kpis if kpi in there), key=weight)
    definitions, absent = desk.store.definitions, [kpi for kpi in kpis if kpi in service and kpi not in there]
    frame = desk.frame(address)
    return AmbitionPage(
        frame=frame,
        id=ambition.id,
        title=ambition.title,
        statement=ambition.statement,
        sponsor=ambition.sponsor,
        verdict=verdict_on(desk.store, ambition, there, frame),
        outlines=tuple(outlines),
        without_team=tuple(definitions[kpi].title for kpi in absent if kpi not in desk.store.protected),
        not_by_team=tuple(definitions[kpi].title for kpi in absent if kpi in desk.store.protected),
        not_supplied=find_not_supplied(desk.store, kpis),
        number=number + 1,
        count=len(plan.ambition),
        before=_name_of(plan.ambition[number - 1]) if number else None,
        after=_name_of(plan.ambition[number + 1]) if number + 1 < len(plan.ambition) else None,
        since=_find_start(desk, address, outlines),
    )


def weight(outline: KpiOutline) -> tuple[bool, bool, int, float, int, bool]:
    """Sorts KPIs for a board, the worst first: by what the latest point says (yearly figures: beside England); those
    that are worse or moved by the weight that orders what a board asks about; then by how often the target was met in
    the last year, then now. A team's figure of too few comes after them, a KPI without
    a figure last."""
    series = outline.series
    record = words.target_record(series)
    kept = TARGETS_KEPT.index(record.kept if record else "at times")
    is_few = is_few_at(series, series.latest)
    is_missed = series.latest is not None and target_state_at(series, series.latest) == "missed"
    standing = weigh_standing(series)
    change = weigh_change(series) if standing <= WEIGHTS["moved"] else 0.0
    return words.latest_index(series) is None, is_few, standing, -change, kept, not is_missed


def weigh_standing(series: Series) -> int:
    """What is said of a KPI as a number, the worst first."""
    return WEIGHTS.get(standing_of(series), OTHERS)


def _name_of(ambition: Ambition) -> tuple[str, str]:
    return ambition.id, ambition.title


def _find_start(desk: Desk, address: Address, outlines: Collection[KpiOutline]) -> dt.date | None:
    """The earliest month that can be chosen, where no first month is and the page shows the last ones alone."""
    is_cut = any(recent(outline.series) is not outline.series for outline in outlines)
    return desk.periods.firsts[0] if is_cut and address.first is None and desk.periods.firsts else None
