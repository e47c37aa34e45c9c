"""The board: a data home being served. A page makes one call, with a viewer and an address, and gets its page model."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeVar

from improvement_board.access.viewer import Viewer
from improvement_board.access.worker_names import read_worker_names
from improvement_board.declared.home import Home
from improvement_board.editions.withdrawal import WithdrawnEdition
from improvement_board.errors import InputError, NotForRoleError, Problem
from improvement_board.figures.csv import csv_text, file_name
from improvement_board.figures.download import Download
from improvement_board.figures.export_request import ExportRequest
from improvement_board.page_models.about_page import about_page
from improvement_board.page_models.address import Address, resolve, withdrawn_notice
from improvement_board.page_models.ambition_page import ambition_csv, ambition_file_name, ambition_page
from improvement_board.page_models.desk import Desk
from improvement_board.page_models.export import export_series
from improvement_board.page_models.home_plan import plan_problems
from improvement_board.page_models.indicator_page import IndicatorChoice, indicator_page
from improvement_board.page_models.models import AboutPage, AmbitionPage, IndicatorPage, PlanPage, TeamPage
from improvement_board.page_models.open_editions import NoEditionError, OpenEditions
from improvement_board.page_models.plan_page import plan_page
from improvement_board.page_models.quality_export import quality_csv, quality_file_name
from improvement_board.page_models.quality_models import QualityPage
from improvement_board.page_models.quality_page import manifests_before, quality_page
from improvement_board.page_models.team_page import team_page

__all__ = ["Board", "Download", "NoEditionError"]
KEPT_PAGES = 200
Page = TypeVar("Page")


@dataclass
class Board:
    """A data home. Editions are listed anew at each call and opened once each; the last few pages are kept."""

    home: Home
    _editions: OpenEditions = field(init=False)
    _pages: dict[tuple[Hashable, ...], Any] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._editions = OpenEditions(self.home)

    def editions(self) -> tuple[str, ...]:
        """The editions there are, the latest first."""
        return self._editions.editions()

    def withdrawn(self, edition: str | None) -> WithdrawnEdition | None:
        """The withdrawal of an edition that an address names, None for any other."""
        return self._editions.withdrawn(edition)

    def desk(self, viewer: Viewer, edition: str | None = None) -> tuple[Desk, tuple[Problem, ...]]:
        """The desk of an edition (default: the latest that can be opened) with what the viewer may see, and what is
        wrong with any edition passed over.

        Raises NoEditionError where none can be served, with every problem found; NotForRoleError for a viewer who may
        see no figures.
        """
        if not viewer.sees_figures:
            raise NotForRoleError(Problem(None, f"the role {viewer.role} sees no figures"))
        return self._editions.desk(viewer.scope, edition)

    def plan_problems(self, desk: Desk) -> tuple[Problem, ...]:
        """What is wrong with the home's own plan, read again only when the file changes."""
        file = self.home.plan
        changed = (file.stat().st_mtime_ns, file.stat().st_size) if file.is_file() else ()
        make = partial(plan_problems, self.home, desk.store.definitions)
        return self._kept("plan problems", desk, changed, make)

    def address(self, viewer: Viewer, asked: Mapping[str, str]) -> tuple[Address, tuple[str, ...]]:
        """The shared choices of an address, and a notice for each that could not be kept."""
        withdrawn = self.withdrawn(asked.get("edition"))
        if withdrawn:
            asked = {**asked, "edition": withdrawn.instead or ""}
        desk, _ = self.desk(viewer, asked.get("edition"))
        found, notices = resolve(asked, desk.store, desk.periods, self.editions())
        return found, (*([withdrawn_notice(withdrawn)] if withdrawn else []), *notices)

    def plan(self, viewer: Viewer, address: Address) -> PlanPage:
        """Plan on a page."""
        desk, _ = self.desk(viewer, address.edition)

        def make() -> PlanPage:
            service, of_team = desk.outlines(desk.store.plan.kpis, address)
            return plan_page(desk.frame(address), desk.store, {**service, **of_team}, desk.store.rows("changes"))

        return self._kept("plan", desk, (address,), make)

    def ambition(self, viewer: Viewer, address: Address, ambition: str, charts: str | None = None) -> AmbitionPage:
        """One ambition by its id; `charts` is what its address asks of how many to draw. Raises KeyError for an id that
        the plan does not have."""
        desk, _ = self.desk(viewer, address.edition)
        asked = (address, ambition, charts)
        return self._kept("ambition", desk, asked, lambda: ambition_page(desk, address, ambition, charts))

    def ambition_export(self, viewer: Viewer, address: Address, ambition: str) -> Download:
        """Every figure of an ambition's page as CSV, of the indicators that are drawn and of those that are listed."""
        page = self.ambition(viewer, address, ambition)
        desk, _ = self.desk(viewer, address.edition)
        return Download(ambition_file_name(page), ambition_csv(desk.store.plan.council.code, page))

    def indicator(self, viewer: Viewer, address: Address, choice: IndicatorChoice) -> IndicatorPage:
        """One KPI in depth."""
        desk, _ = self.desk(viewer, address.edition)
        asked = (address, choice)
        make = partial(indicator_page, desk, address, choice)
        page = self._kept("indicator", desk, asked, lambda: make(self._editions.earlier(desk)))
        return self._with_names(page, viewer)

    def _with_names(self, page: IndicatorPage, viewer: Viewer) -> IndicatorPage:
        """The page with the names of the workers on it for those who may see them, else with pseudonyms alone."""
        if not viewer.scope.sees_workers:
            return page
        there = {figure.worker for figure in page.workers} | {page.worker.series.worker if page.worker else None}
        there |= {figure.worker for figure in page.distribution.workers} if page.distribution else set()
        workers = {worker for worker in there if worker is not None}
        try:
            names = {who: name for who, name in read_worker_names(self.home, workers).items() if who in workers}
            return replace(page, worker_names=names) if names else page
        except InputError as error:
            return replace(page, notices=(*page.notices, f"Workers are shown without names: {error.problems[0]}"))

    def team(self, viewer: Viewer, address: Address) -> TeamPage:
        """One team against the service."""
        desk, _ = self.desk(viewer, address.edition)
        return self._kept("team", desk, (address,), lambda: team_page(desk, address))

    def quality(self, viewer: Viewer, address: Address) -> QualityPage:
        """How far the figures of an edition can be relied on. Raises NotForRoleError for a role that may not see it."""
        if not viewer.sees_quality:
            raise NotForRoleError(Problem(None, f"the data quality page is not for the role {viewer.role}"))
        desk, _ = self.desk(viewer, address.edition)
        make = partial(quality_page, desk, address)
        return self._kept("quality", desk, (address,), lambda: make(manifests_before(self.home, desk.store.name)))

    def quality_export(self, viewer: Viewer, address: Address) -> Download:
        """The table of indicators of the data quality page as CSV."""
        page = self.quality(viewer, address)
        desk, _ = self.desk(viewer, address.edition)
        return Download(quality_file_name(page.frame.edition), quality_csv(desk.store.plan.council.code, page))

    def about(self, viewer: Viewer, address: Address) -> AboutPage:
        """How to read the dashboard, its definitions and sources."""
        desk, _ = self.desk(viewer, address.edition)
        return about_page(desk, address)

    def export(self, viewer: Viewer, edition: str | None, request: ExportRequest) -> Download:
        """The CSV of a request, and the name of its file."""
        desk, _ = self.desk(viewer, edition)
        name, council = str(desk.store.name), desk.store.plan.council
        series = export_series(desk, request)
        return Download(file_name(name, request), csv_text(council.code, name, series))

    def _kept(self, kind: str, desk: Desk, asked: tuple[Hashable, ...], make: Callable[[], Page]) -> Page:
        """A page model, worked out once for each edition, scope and address, the last few kept.

        The key holds the edition with its time of publishing, the editions beside it, and the scope that the desk was
        opened for: nothing is shared between editions, or between viewers who may not see the same.
        """
        key = (kind, str(desk.store.name), desk.store.manifest.published, self.editions(), desk.scope, *asked)
        with self._lock:
            found: Page | None = self._pages.pop(key, None)
        page = make() if found is None else found
        with self._lock:
            self._pages[key] = page
            while len(self._pages) > KEPT_PAGES:
                del self._pages[next(iter(self._pages))]
        return page
