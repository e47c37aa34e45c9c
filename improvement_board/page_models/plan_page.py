"""Plan on a page: what changed, the matrix of indicators, a card for each ambition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from improvement_board import words
from improvement_board.declared.plan import Ambition
from improvement_board.editions.open_edition import Row, Store
from improvement_board.figures.formats import is_same
from improvement_board.figures.series import Change, Series
from improvement_board.page_models.address import Address
from improvement_board.page_models.agenda import agenda_of
from improvement_board.page_models.ambition_verdict import absent_of_team, verdict_on
from improvement_board.page_models.caveats import DATA_QUALITY, INDICATOR, MOST_CHANGES, caveat_line, with_caveat_line
from improvement_board.page_models.change_lines import MEASURED, TOLD_BY_FIGURES, tell_change, tell_lost
from improvement_board.page_models.desk import Desk
from improvement_board.page_models.models import AmbitionCard, Frame, KpiOutline, Matrix, PlanPage
from improvement_board.page_models.outline import find_not_supplied

MATRIX_ROWS = {
    "worse": "Worse",
    "moved": "Higher or lower",
    "no real change": "No real change",
    "better": "Better",
    "too few to say": "Too few to say",
    "not shown": "Not shown",
}
ALWAYS_ROWS = ("Worse", "No real change", "Better")
THAN_ENGLAND = {"better": "better than England", "worse": "worse than England"}
NOT_JUDGED = "not judged"
MATRIX_COLUMNS = (
    ("always", "Target always met"),
    ("at times", "Target met at times"),
    ("never", "Target not met"),
    (None, "No target"),
)


def plan_page(desk: Desk, address: Address, outlines: Mapping[str, KpiOutline], changes: Sequence[Row]) -> PlanPage:
    """The plan page from the outlines of all its KPIs and the rows of changes.parquet."""
    frame, store = desk.frame(address), desk.store
    rows = () if frame.is_narrowed else changes
    measured = tuple(tell_change(store, row) for row in rows if row["kind"] in MEASURED)
    told = (*tell_lost(rows), *(tell_change(store, row) for row in rows if row["kind"] in TOLD_BY_FIGURES))
    restated = tuple(change for change in told if change.kind == "restated")
    folded = _fold_restated(told, _find_most_restated(rows))
    in_order = tuple(outlines[kpi] for kpi in store.plan.kpis if kpi in outlines)
    caveats = tuple(caveat_line(outline) for outline in in_order if outline.caveats)
    lines = with_caveat_line(folded, caveats, DATA_QUALITY if frame.sees_quality else INDICATOR)
    return PlanPage(
        frame=frame,
        agenda=agenda_of(desk, address, in_order, rows),
        changes=lines[:MOST_CHANGES],
        changes_in_all=len(changes),
        measured=measured,
        restated=restated,
        caveats=caveats,
        matrix=matrix_of(in_order),
        outlines=in_order,
        cards=tuple(_build_card(store, ambition, outlines, frame) for ambition in store.plan.ambition),
    )


def _find_most_restated(rows: Sequence[Row]) -> int:
    """The place among restated rows of the one that moved most against its earlier figure."""
    restated = [row for row in rows if row["kind"] == "restated"]
    moves = [abs((row["now"] or 0.0) - (row["before"] or 0.0)) / (abs(row["before"] or 0.0) or 1.0) for row in restated]
    return moves.index(max(moves)) if moves else 0


def _fold_restated(changes: tuple[Change, ...], most: int) -> tuple[Change, ...]:
    """Restated figures as one line, so that they do not crowd out what a board can act on. The page lists them all."""
    restated = [change for change in changes if change.kind == "restated"]
    if len(restated) < 2:
        return changes
    first = next(index for index, change in enumerate(changes) if change.kind == "restated")
    sentence = f"{len(restated)} indicators were restated; the most: {restated[most].sentence}"
    line = replace(restated[most], sentence=sentence)
    others = [change for change in changes if change.kind != "restated"]
    return (*others[:first], line, *others[first:])


def matrix_of(outlines: tuple[KpiOutline, ...]) -> Matrix | None:
    """KPIs by verdict and target, or None where none bears a verdict."""
    cells: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}
    for outline in outlines:
        verdict = outline.series.verdict
        if verdict is None:
            continue
        row = MATRIX_ROWS[verdict.word]
        record = words.target_record(outline.series)
        column = next(label for kept, label in MATRIX_COLUMNS if kept == (record.kept if record else None))
        definition = outline.series.definition
        cells[row, column] = (*cells.get((row, column), ()), (definition.title, definition.id))
    if not cells:
        return None
    there = {row for row, _ in cells}
    rows = tuple(label for label in MATRIX_ROWS.values() if label in there or label in ALWAYS_ROWS)
    return Matrix(rows, tuple(label for _, label in MATRIX_COLUMNS), cells)


def standing_of(series: Series) -> str:
    """What is said of a KPI in a tally: its verdict's word; of yearly figures, how they stand against England; else
    not judged."""
    if series.verdict is not None:
        return series.verdict.word
    return THAN_ENGLAND.get(side_of_england(series), NOT_JUDGED)


def england_at(series: Series, period_index: int) -> float | None:
    """England's published figure at one of a series' periods."""
    england = next(
        (
            comparator.at(series.period_ends[period_index])
            for comparator in series.comparators
            if comparator.area_type == "England"
        ),
        None,
    )
    return england.value if england else None


def side_of_england(series: Series) -> str:
    """better, worse or same than England for the latest of yearly figures. Empty where that cannot be said."""
    latest_index, better = series.latest, series.definition.better
    if series.grain != "year" or latest_index is None or better == "neither":
        return ""
    value, theirs = series.values[latest_index], england_at(series, latest_index)
    if value is None or theirs is None:
        return ""
    if is_same(value, theirs):
        return "same"
    return "better" if (value > theirs) == (better == "higher") else "worse"


def _build_card(store: Store, ambition: Ambition, outlines: Mapping[str, KpiOutline], frame: Frame) -> AmbitionCard:
    kpis = [planned.kpi for planned in ambition.kpi]
    series = [outlines[kpi].series for kpi in kpis if kpi in outlines]
    return AmbitionCard(
        id=ambition.id,
        title=ambition.title,
        statement=ambition.statement,
        sponsor=ambition.sponsor,
        verdict=verdict_on(store, ambition, outlines, frame),
        tally=Counter(standing_of(kpi_series) for kpi_series in series),
        not_supplied=find_not_supplied(store, kpis),
        leads=tuple(outlines[planned.kpi] for planned in ambition.leads if planned.kpi in outlines),
        without_team=len(absent_of_team(store, ambition, outlines, frame)),
    )
