"""The series of an export, and so of every download: what is filtered, no more and no less."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby

from improvement_board.editions.open_edition import Row
from improvement_board.errors import InputError, Problem
from improvement_board.figures.assemble import Window, covered_until, cut, judged, series_from
from improvement_board.figures.export_request import ExportRequest
from improvement_board.figures.regrain import by_period, whole_months
from improvement_board.figures.series import Grain, Level, Series
from improvement_board.page_models.desk import Desk

LEVELS: tuple[Level, ...] = ("service", "team", "worker")
PERIODS: tuple[Grain, ...] = ("month", "quarter", "year")


def export_series(desk: Desk, request: ExportRequest) -> list[Series]:
    """The series in the order of the CSV contract: by KPI, team, worker, category.

    Raises InputError for a KPI, team or level that is not there, naming what is allowed, or a level that the desk's
    scope does not hold.
    """
    store = desk.store
    _check_request(desk, request)
    level: Level = "team" if request.team and request.level == "service" else request.level
    kpis = request.kpis or tuple(store.definitions)
    window = Window(request.first, request.last or store.name.day)
    ask = partial(store.rows, "export_series", kpis=list(kpis), last=window.last, by=request.by)
    by_category = request.by_category or request.category is not None
    rows = ask(team=request.team, level=level, by_category=by_category)
    if level == "worker" and not desk.scope.sees_all_workers:
        rows = [row for row in rows if row["team"] in store.own_teams]
    if request.category is not None:
        rows = _keep_category(desk, rows, request.category)
    of_service = ask(team=None, level="service", by_category=False) if request.by or level == "team" else []
    months = whole_months(of_service) if request.by else {}
    service = {kpi: list(group) for kpi, group in groupby(of_service, lambda row: row["kpi"])}
    built = []
    for (kpi, team, worker, category), group in groupby(
        rows, lambda row: (row["kpi"], row["team"], row["worker"], row["category"])
    ):
        definition, series_rows = store.definitions[kpi], list(group)
        if request.by:
            series_rows = by_period(series_rows, request.by, definition.timing, months.get(kpi, ()))
        series_keys = {"team": team, "worker": worker, "category": category}
        until = covered_until(team, service.get(kpi, []))
        built.append(series_from(store, desk.comparators, definition, level, series_rows, until=until, **series_keys))
    if level == "worker":
        return [cut(series, window) for series in built]
    return judged(built, window)


def _keep_category(desk: Desk, rows: Sequence[Row], category: str) -> list[Row]:
    """The rows of one category. Raises InputError where there is none, naming those there are."""
    of_category = [row for row in rows if row["category"] == category]
    if not of_category:
        allowed = ", ".join(sorted({row["category"] for row in rows if row["category"]})) or "there is none"
        message = "is not a category of these KPIs"
        raise InputError(Problem(desk.store.folder, message, column="category", value=category, allowed=allowed))
    return of_category


def _check_request(desk: Desk, request: ExportRequest) -> None:
    store, problems = desk.store, []
    for kpi in request.kpis:
        if kpi not in store.definitions:
            allowed = ", ".join(store.definitions)
            problems.append(
                Problem(store.folder, "is not a KPI of the edition", column="kpi", value=kpi, allowed=allowed)
            )
    teams = [record.team for record in store.teams]
    if request.team is not None and request.team not in teams:
        message, allowed = "is not a team of the edition", ", ".join(teams)
        problems.append(Problem(store.folder, message, column="team", value=request.team, allowed=allowed))
    if request.level == "worker" and not desk.scope.sees_workers:
        problems.append(Problem(None, "figures of single workers are not for this role"))
    if request.level == "team" and not desk.scope.sees_teams:
        problems.append(Problem(None, "figures of single teams are not for this role"))
    if request.first and request.last and request.first > request.last:
        problems.append(Problem(None, "the period ends before it begins", column="from", value=str(request.first)))
    if problems:
        raise InputError(problems)
