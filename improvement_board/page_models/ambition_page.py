"""One ambition: its statement, sponsor and KPIs, a few of them drawn as charts."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from improvement_board import words
from improvement_board.figures.few import is_few_at
from improvement_board.figures.series import Series
from improvement_board.figures.targets import target_state_at
from improvement_board.page_models.address import Address
from improvement_board.page_models.ambition_verdict import verdict_on
from improvement_board.page_models.desk import Desk
from improvement_board.page_models.models import AmbitionPage, KpiOutline
from improvement_board.page_models.outline import find_not_supplied
from improvement_board.page_models.plan_page import standing_of
from improvement_board.words.shown import show_asked

MOST_CHARTS = 6
WEIGHTS = {"worse": 0, "moved": 1, "worse than England": 2, "better": 4}
OTHERS = 3
TARGETS_KEPT: tuple[words.Kept, ...] = ("never", "at times", "always")
ALL_CHARTS = "all"


def ambition_page(desk: Desk, address: Address, ambition_id: str, charts: str | None = None) -> AmbitionPage:
    """The page of an ambition by its id. It has a team's figures where the address chooses one and the KPI has it.

    More KPIs than `MOST_CHARTS` are all drawn only where `charts` is "all". Any other value is said and left out.
    """
    ambitions = {ambition.id: ambition for ambition in desk.store.plan.ambition}
    ambition = ambitions[ambition_id]
    kpis = [planned.kpi for planned in ambition.kpi]
    service, of_team = desk.outlines(kpis, address)
    there = {**service, **of_team} if address.team is None else of_team
    outlines = tuple(there[kpi] for kpi in kpis if kpi in there)
    definitions, absent = desk.store.definitions, [kpi for kpi in kpis if kpi in service and kpi not in there]
    draws_all = charts == ALL_CHARTS
    drawn = outlines if draws_all else drawn_of(outlines, {planned.kpi for planned in ambition.leads})
    as_chart = {outline.series.definition.id for outline in drawn}
    frame = desk.frame(address)
    return AmbitionPage(
        frame=frame,
        id=ambition.id,
        title=ambition.title,
        statement=ambition.statement,
        sponsor=ambition.sponsor,
        verdict=verdict_on(desk.store, ambition, there, frame),
        drawn=drawn,
        listed=tuple(
            sorted((outline for outline in outlines if outline.series.definition.id not in as_chart), key=weight)
        ),
        draws_all=draws_all,
        without_team=tuple(definitions[kpi].title for kpi in absent if kpi not in desk.store.protected),
        not_by_team=tuple(definitions[kpi].title for kpi in absent if kpi in desk.store.protected),
        not_supplied=find_not_supplied(desk.store, kpis),
        notices=_note_unknown_choice(charts),
    )


def drawn_of(outlines: Sequence[KpiOutline], leads: Collection[str]) -> tuple[KpiOutline, ...]:
    """The KPIs to draw, at most `MOST_CHARTS`, in the order given: the leads, then those that are worse, then those
    that moved where neither direction is better, then the first of the others. One without a figure comes last."""

    def rank_outline(outline: KpiOutline) -> int:
        if words.latest_index(outline.series) is None:
            return len(outlines)
        is_lead = outline.series.definition.id in leads
        return -1 if is_lead else min(weigh_standing(outline.series), OTHERS)

    first = sorted(range(len(outlines)), key=lambda index: rank_outline(outlines[index]))[:MOST_CHARTS]
    return tuple(outlines[index] for index in sorted(first))


def weigh_standing(series: Series) -> int:
    """What is said of a KPI as a number, the worst first."""
    return WEIGHTS.get(standing_of(series), OTHERS)


def weight(outline: KpiOutline) -> tuple[bool, bool, int, int, bool]:
    """Sorts KPIs for a board, the worst first: by what the latest point says (yearly figures: beside England), then by
    how often the target was met in the last year, then now. A team's figure of too few comes after them, a KPI without
    a figure last."""
    series = outline.series
    record = words.target_record(series)
    kept = TARGETS_KEPT.index(record.kept if record else "at times")
    is_few = is_few_at(series, series.latest)
    is_missed = series.latest is not None and target_state_at(series, series.latest) == "missed"
    return words.latest_index(series) is None, is_few, weigh_standing(series), kept, not is_missed


def _note_unknown_choice(charts: str | None) -> tuple[str, ...]:
    if not charts or charts == ALL_CHARTS:
        return ()
    return (f"“{show_asked(charts)}” is not a choice of charts: at most {MOST_CHARTS} indicators are drawn.",)
