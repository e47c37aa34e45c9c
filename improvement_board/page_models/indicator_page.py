"""One KPI in depth: the chart, its teams, categories, workers, spread, and what earlier editions said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from improvement_board.declared.kpis import Definition
from improvement_board.editions.open_edition import Row, Store
from improvement_board.figures.assemble import Window, covered_until, judged, series_from
from improvement_board.figures.earlier import presented_in
from improvement_board.figures.export_request import ExportRequest
from improvement_board.figures.overview import overview
from improvement_board.figures.series import Series
from improvement_board.page_models.address import Address
from improvement_board.page_models.breakdown import (
    CASELOAD_KPI,
    LIMIT_KPI,
    breakdown_of,
    distribution_of,
    worker_figures,
)
from improvement_board.page_models.desk import Desk
from improvement_board.page_models.export import export_series
from improvement_board.page_models.freshness import Caveats
from improvement_board.page_models.models import IndicatorPage, KpiOutline, NotSupplied
from improvement_board.page_models.outline import find_not_supplied, outline
from improvement_board.page_models.teams import compare_teams
from improvement_board.words.shown import show_asked


@dataclass(frozen=True)
class IndicatorChoice:
    """What an indicator's address chooses besides the shared keys. Unknown values fall back and are said."""

    kpi: str | None = None
    worker: str | None = None
    category: str | None = None

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> IndicatorChoice:
        """What the parameters of an address choose."""
        return cls(asked.get("kpi"), asked.get("worker"), asked.get("category"))


@dataclass(frozen=True)
class _SeriesOfKpi:
    """The judged series of one KPI: `categories` are those with a name, `unnamed` is what has none of them."""

    service: Series
    teams: tuple[Series, ...]
    categories: tuple[Series, ...]
    unnamed: tuple[Series, ...]
    worker: Series | None
    workers: tuple[Row, ...]


def indicator_page(desk: Desk, address: Address, choice: IndicatorChoice, earlier: Sequence[Store]) -> IndicatorPage:
    """The page of a KPI. It is the plan's first where the address names none or one that the edition does not have."""
    store = desk.store
    notices: list[str] = []
    kpi, missing = _choose_kpi(store, choice.kpi, notices)
    definition = store.definitions[kpi]
    window = desk.window(address)
    series_of_kpi = _judge_series(desk, definition, address, choice, window)
    category = _keep_choice(
        choice.category, [series.category for series in series_of_kpi.categories], "category", notices
    )
    if choice.worker and series_of_kpi.worker is None:
        notices.append(f"There is no worker “{show_asked(choice.worker)}” here: all workers are shown.")
    main = _choose_main_series(series_of_kpi, address.team, category)
    if address.team and main.team is None and category is None:
        notices.append(
            f"{definition.title} is not recorded for {show_asked(address.team)}: the whole service is shown."
        )
    ambition = store.plan.ambition_of(kpi)
    workers = worker_figures(definition, series_of_kpi.workers)
    return IndicatorPage(
        frame=desk.frame(address),
        previous_day=desk.previous_day,
        definition=definition,
        ambition=(ambition.id, ambition.title) if ambition else None,
        outline=outline(main, desk.standing_of(main, address), desk.said_of(kpi, address), desk.previous_day),
        not_supplied=missing,
        category=category,
        categories=tuple(series.category for series in series_of_kpi.categories if series.category is not None),
        teams=compare_teams(
            store, definition, series_of_kpi.service, series_of_kpi.teams, window, with_closed=address.with_closed
        ),
        breakdown=breakdown_of(definition, series_of_kpi.categories, window),
        workers=workers if address.team else (),
        worker=_outline_worker(series_of_kpi.worker, desk.said_of(kpi, address)),
        distribution=distribution_of(store, _list_cases(desk, definition, address, series_of_kpi.workers)),
        earlier=presented_in(definition, _choose_main_series(series_of_kpi, None, None), earlier, store, window.last),
        team_series=series_of_kpi.teams,
        category_series=(*series_of_kpi.categories, *series_of_kpi.unnamed),
        worker_series=_export_worker_series(desk, kpi, address) if workers and address.team else (),
        notices=tuple(notices),
        parameters=store.manifest.kpis[kpi].parameters,
        note=store.manifest.kpis[kpi].note,
        worker_names={},
    )


def _choose_kpi(store: Store, asked: str | None, notices: list[str]) -> tuple[str, NotSupplied | None]:
    first = next((kpi for kpi in store.plan.kpis if kpi in store.definitions), next(iter(store.definitions)))
    if not asked or asked in store.definitions:
        return asked or first, None
    if asked in store.plan.kpis:
        absent = find_not_supplied(store, [asked])[0]
        return first, absent
    notices.append(f"There is no KPI “{show_asked(asked)}”: {store.definitions[first].title} is shown.")
    return first, None


def _keep_choice(asked: str | None, there: Sequence[str | None], what: str, notices: list[str]) -> str | None:
    if not asked or asked in there:
        return asked or None
    notices.append(f"There is no {what} “{show_asked(asked)}” here: all are shown.")
    return None


def _ask_rows(desk: Desk, kpi: str, address: Address, worker: str | None, window: Window) -> Sequence[Row]:
    """All rows of one KPI's page that the viewer may see."""
    return desk.store.rows(
        "indicator_series",
        kpi=kpi,
        team=address.team,
        worker=worker,
        with_workers=desk.scope.sees_workers,
        last=window.last,
    )


def _judge_series(
    desk: Desk, definition: Definition, address: Address, choice: IndicatorChoice, window: Window
) -> _SeriesOfKpi:
    store = desk.store
    rows = _ask_rows(desk, definition.id, address, choice.worker, window)
    levels: Mapping[str, list[Row]] = {level: list(group) for level, group in groupby(rows, lambda row: row["level"])}

    def build(level: str, within: str | None = None, **row_keys: str | None) -> Series:
        chosen = [row for row in levels.get(level, []) if all(row[key] == value for key, value in row_keys.items())]
        series_level = {"worker_series": "worker", "team": "team"}.get(level, "team" if within else "service")
        series_keys = {"team": within, **row_keys}
        until = covered_until(series_keys["team"], levels.get("service", [])) if level != "worker_series" else None
        return series_from(store, desk.comparators, definition, series_level, chosen, until=until, **series_keys)  # type: ignore[arg-type]

    teams = [build("team", team=name) for name in _list_distinct(levels.get("team", []), "team")]
    categories = [
        build("category", address.team, category=name) for name in _list_categories(levels.get("category", []))
    ]
    worker = [build("worker_series", address.team, worker=choice.worker)] if levels.get("worker_series") else []
    service, *others = judged([build("service"), *teams, *categories, *worker], window)
    if address.team is not None and service.latest is None:  # known by category alone: those asked for are the team's
        service = overview(store, desk.comparators, [definition.id], window)[0][definition.id]
    by_category = others[len(teams) : len(teams) + len(categories)]
    return _SeriesOfKpi(
        service=service,
        teams=tuple(others[: len(teams)]),
        categories=tuple(series for series in by_category if series.category is not None),
        unnamed=tuple(series for series in by_category if series.category is None),
        worker=others[-1] if worker else None,
        workers=tuple(levels.get("worker", [])),
    )


def _list_distinct(rows: Sequence[Row], column: str) -> list[str | None]:
    return list(dict.fromkeys(row[column] for row in rows))


def _list_categories(rows: Sequence[Row]) -> list[str | None]:
    """The categories of a KPI that has any, and None for what has none of them."""
    names = _list_distinct(rows, "category")
    return names if any(name is not None for name in names) else []


def _list_cases(desk: Desk, definition: Definition, address: Address, workers: Sequence[Row]) -> Sequence[Row]:
    """The cases of each worker, wherever caseload is asked about: the page of the limit has those of the caseload's, by
    the same question of the same store, so that it shows no worker whom the other would not."""
    if definition.id == CASELOAD_KPI:
        return workers
    if definition.id != LIMIT_KPI or CASELOAD_KPI not in desk.store.definitions:
        return ()
    rows = _ask_rows(desk, CASELOAD_KPI, address, None, desk.window(address))
    return [row for row in rows if row["level"] == "worker"]


def _choose_main_series(series_of_kpi: _SeriesOfKpi, team: str | None, category: str | None) -> Series:
    """The series that the page is about: a category where one is chosen, else the team, else the service."""
    if category is not None:
        return next(series for series in series_of_kpi.categories if series.category == category)
    if team is not None:
        return next((series for series in series_of_kpi.teams if series.team == team), series_of_kpi.service)
    headline = series_of_kpi.service.definition.benchmarks.get("headline")
    if series_of_kpi.service.latest is None and headline:
        return next(
            (series for series in series_of_kpi.categories if series.category == headline), series_of_kpi.service
        )
    return series_of_kpi.service


def _export_worker_series(desk: Desk, kpi: str, address: Address) -> tuple[Series, ...]:
    """Each worker of the address's team over all periods: what the table shows the latest of."""
    request = ExportRequest((kpi,), address.team, address.first, address.last, "worker")
    return tuple(export_series(desk, request))


def _outline_worker(series: Series | None, caveats: Caveats) -> KpiOutline | None:
    return outline(series, caveats=caveats) if series is not None and series.latest is not None else None
