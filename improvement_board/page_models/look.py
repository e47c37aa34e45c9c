"""A look: who is looking, at which open edition, by which choices, on which page. Every page model is made from one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from improvement_board.access.viewer import Viewer
from improvement_board.access.worker_names import read_worker_names
from improvement_board.editions.shelf import Shelf
from improvement_board.errors import InputError, NotForRoleError, Problem
from improvement_board.figures.download import Download
from improvement_board.figures.export_request import ExportRequest
from improvement_board.page_models.about_page import about_page
from improvement_board.page_models.address import Address, resolve_address, withdrawn_notice
from improvement_board.page_models.ambition_page import ambition_page
from improvement_board.page_models.board import Board
from improvement_board.page_models.change_lines import told_rows
from improvement_board.page_models.changes_page import changes_page
from improvement_board.page_models.desk import Desk
from improvement_board.page_models.downloads import series_download
from improvement_board.page_models.export import export_series
from improvement_board.page_models.home_plan import plan_problems
from improvement_board.page_models.indicator_page import IndicatorChoice, indicator_page
from improvement_board.page_models.indicators_page import IndicatorsPage, indicators_page
from improvement_board.page_models.models import (
    AboutPage,
    AmbitionPage,
    ChangesPage,
    IndicatorPage,
    PlanPage,
    TeamPage,
)
from improvement_board.page_models.plan_page import plan_page
from improvement_board.page_models.quality_models import QualityPage
from improvement_board.page_models.quality_page import manifests_before, quality_page
from improvement_board.page_models.team_page import team_page

Page = TypeVar("Page")


@dataclass(frozen=True)
class Look:
    """Who looks at what, for the whole of a run: no two pages or parts of it can be of different editions.

    `desk` is the open edition with what the viewer may see of it. `passed_over`: what is wrong with editions that could
    not be opened in its place. `notices`: what of the address could not be kept. `page` is the address of the page that
    is drawn: an ambition's id, empty for the plan.
    """

    board: Board
    shelf: Shelf
    viewer: Viewer
    desk: Desk
    address: Address
    passed_over: tuple[Problem, ...] = ()
    notices: tuple[str, ...] = ()
    page: str = ""

    def choose(self, asked: Mapping[str, str]) -> Look:
        """The same edition by the choices of an address. What cannot be kept of them falls back to the default, with a
        notice for each."""
        withdrawn = self.shelf.withdrawn(asked.get("edition"))
        if withdrawn:
            latest = self.shelf.served[:1]
            asked = {**asked, "edition": "" if withdrawn.instead in latest else withdrawn.instead or ""}
        address, notices = resolve_address(asked, self.desk.store, self.desk.periods, self.shelf.served)
        said = (withdrawn_notice(withdrawn), *notices) if withdrawn else notices
        return replace(self, address=address, notices=said)

    def on(self, page: str) -> Look:
        """The same on a page, by its address."""
        return replace(self, page=page)

    def plan_problems(self) -> tuple[Problem, ...]:
        """What is wrong with the home's own plan, read again only when the file changes."""
        file = self.board.home.plan
        changed = (file.stat().st_mtime_ns, file.stat().st_size) if file.is_file() else ()
        return self.kept("plan problems", changed, lambda: plan_problems(self.board.home, self.desk.store.definitions))

    def plan(self) -> PlanPage:
        """Plan on a page: of a team alone where one is chosen."""

        def make() -> PlanPage:
            desk, address = self.desk, self.address
            service, of_team = desk.outlines(desk.store.plan.kpis, address)
            outlines = service if address.team is None else of_team
            return plan_page(desk, address, outlines, told_rows(desk.store))

        return self.kept("plan", (self.address,), make)

    def changes(self) -> ChangesPage:
        """Every change since the edition before."""
        return changes_page(self.desk, self.address)

    def ambition(self, ambition: str) -> AmbitionPage:
        """One ambition by its id. Raises KeyError for an id that the plan does not have."""
        asked = (self.address, ambition)
        return self.kept("ambition", asked, lambda: ambition_page(self.desk, *asked))

    def indicators(self, asked: Mapping[str, str]) -> IndicatorsPage:
        """Every KPI, or those that an address asks for by `verdict`, `ambition` and `find`."""
        return indicators_page(self.plan(), self.desk.store.plan, asked, self.desk.previous_day)

    def indicator(self, choice: IndicatorChoice) -> IndicatorPage:
        """One KPI in depth."""

        def make() -> IndicatorPage:
            return indicator_page(self.desk, self.address, choice, self.board.opened.earlier(self.shelf, self.desk))

        return self._with_names(self.kept("indicator", (self.address, choice), make))

    def _with_names(self, page: IndicatorPage) -> IndicatorPage:
        """The page with the names of the workers on it for those who may see them, else with pseudonyms alone."""
        if not self.viewer.scope.sees_workers:
            return page
        there = {figure.worker for figure in page.workers} | {page.worker.series.worker if page.worker else None}
        there |= {figure.worker for figure in page.distribution.workers} if page.distribution else set()
        workers = {worker for worker in there if worker is not None}
        try:
            known = read_worker_names(self.board.home, workers)
        except InputError as error:
            return replace(page, notices=(*page.notices, f"Workers are shown without names: {error.problems[0]}"))
        names = {worker: name for worker, name in known.items() if worker in workers}
        return replace(page, worker_names=names) if names else page

    def team(self) -> TeamPage:
        """One team against the service."""
        return self.kept("team", (self.address,), lambda: team_page(self.desk, self.address))

    def quality(self) -> QualityPage:
        """How far the figures of an edition can be relied on. Raises NotForRoleError for a role that may not see it."""
        if not self.viewer.sees_quality:
            raise NotForRoleError(Problem(None, f"the data quality page is not for the role {self.viewer.role}"))

        def make() -> QualityPage:
            return quality_page(self.desk, self.address, manifests_before(self.shelf, self.desk.store.name))

        return self.kept("quality", (self.address,), make)

    def about(self) -> AboutPage:
        """How to read the dashboard, its definitions and sources."""
        return about_page(self.desk, self.address)

    def export(self, request: ExportRequest) -> Download:
        """The CSV of a request, and the name of its file."""
        return series_download(self.desk.frame(self.address), request, export_series(self.desk, request))

    def kept(self, kind: str, asked: tuple[Hashable, ...], make: Callable[[], Page]) -> Page:
        """A page model or what is made of one, once for each edition, scope and address, the last few kept.

        The key holds the edition with its time of publishing, the shelf that it stands on, and the scope that the desk
        was opened for: nothing is shared between editions, between before and after a publication or a withdrawal, or
        between viewers who may not see the same.
        """
        store = self.desk.store
        key = (kind, store.name, store.manifest.published, self.shelf, self.desk.scope, *asked)
        page: Page = self.board.pages.get(key, make)
        return page
