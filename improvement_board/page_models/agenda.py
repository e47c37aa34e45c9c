"""What a board asks about and what got better, the weightiest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from improvement_board import words
from improvement_board.editions.open_edition import Row
from improvement_board.figures.export_request import ExportRequest
from improvement_board.figures.series import Series, TeamComparison
from improvement_board.page_models.address import Address
from improvement_board.page_models.change_lines import BY_VERDICT
from improvement_board.page_models.desk import Desk
from improvement_board.page_models.export import export_series
from improvement_board.page_models.models import Agenda, AgendaItem, KpiOutline
from improvement_board.page_models.teams import compare_teams

MOST_ASKED, MOST_BETTER = 5, 4
HIGHEST_STRENGTH = 5.0  # beyond it a difference is no surer
HUNDRED = 100.0


def agenda_of(desk: Desk, address: Address, outlines: Sequence[KpiOutline], rows: Sequence[Row]) -> Agenda:
    """The agenda of a page: what is worse before what moved, each by weight.

    `rows` are those of changes.parquet; of a page that is narrowed, none.
    """
    said = [outline for outline in outlines if outline.series.verdict and outline.series.verdict.is_change]
    ordered = sorted(said, key=lambda outline: -weigh_change(outline.series))
    worse, moved, better = (
        tuple(outline for outline in ordered if outline.series.verdict and outline.series.verdict.word == word)
        for word in ("worse", "moved", "better")
    )
    asked, got_better = [*worse, *moved][:MOST_ASKED], better[:MOST_BETTER]
    teams = _compare_teams(desk, address, [outline.series for outline in asked])
    told = {row["kpi"]: row for row in rows if row["kind"] in BY_VERDICT}
    return Agenda(
        asked=tuple(
            _build_item(desk, outline, told, _choose_question(desk, outline, teams.get(outline.series.definition.id)))
            for outline in asked
        ),
        better=tuple(_build_item(desk, outline, told) for outline in got_better),
    )


def weigh_change(series: Series) -> float:
    """How much a change weighs: how sure it is × how many children, workers or events it is of.

    These are the distance moved in plain units times what the latest figure is of: 14 percentage points of 400 reviews
    are 56 reviews.
    """
    verdict = series.verdict
    if verdict is None or verdict.baseline is None or verdict.recent is None or series.latest is None:
        return 0.0
    moved, value = abs(verdict.recent - verdict.baseline.mean), series.latest_value or 0.0
    size = series.denominators[series.latest]
    if series.unit != series.definition.unit:  # a count shown as a rate
        concerned = moved / value * (series.numerators[series.latest] or 0.0) if value else 0.0
    elif size is None:
        concerned = moved
    else:
        concerned = moved * size / (HUNDRED if series.unit == "percent" else 1.0)
    return min(verdict.strength, HIGHEST_STRENGTH) * concerned


def _build_item(desk: Desk, outline: KpiOutline, told: Mapping[str, Row], question: str = "") -> AgendaItem:
    row = told.get(outline.series.definition.id)
    return AgendaItem(
        outline=outline,
        earlier=words.earlier_words(outline.series, desk.previous_day, row["before"] if row else None),
        is_new=row is not None and not row["goes_on"],
        question=question,
    )


def _choose_question(desk: Desk, outline: KpiOutline, teams: TeamComparison | None) -> str:
    planned = desk.store.plan.planned(outline.series.definition.id)
    own = planned.question if planned else ""
    return own or words.question(outline.series, teams, has_caveats=bool(outline.caveats))


def _compare_teams(desk: Desk, address: Address, asked: Sequence[Series]) -> Mapping[str, TeamComparison]:
    """The teams beside each other by KPI, from one query; none on a page of one team, or where none are shown."""
    if address.team is not None or not desk.scope.sees_teams or not asked:
        return {}
    service = {series.definition.id: series for series in asked}
    teams = export_series(desk, ExportRequest(tuple(service), None, None, address.last, "team"))
    compared = {}
    for kpi, of_kpi in groupby(teams, lambda series: series.definition.id):
        comparison = compare_teams(
            desk.store, service[kpi].definition, service[kpi], list(of_kpi), desk.window(address)
        )
        if comparison is not None:
            compared[kpi] = comparison
    return compared
