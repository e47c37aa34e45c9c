"""What each page shows: frozen models that the desk fills and pages, downloads and tests read."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from improvement_board.declared.kpis import Definition
from improvement_board.figures.comparators import Standing
from improvement_board.figures.earlier import PresentedIn
from improvement_board.figures.series import (
    CategoryBreakdown,
    Change,
    Distribution,
    Series,
    TeamComparison,
    WorkerFigure,
)
from improvement_board.page_models.address import Address


@dataclass(frozen=True)
class Frame:
    """What stands around every page: whose figures, of which edition, and what must be said of them.

    `sees_teams` and `sees_quality`: whether the viewer has figures by team, and the data quality page. `is_protected`:
    whether small numbers are kept back from them. Not `is_known`: what a manager may see beside the own teams was never
    worked out for them. `previous` is the edition before, `previous_meeting` the meeting that read it.
    """

    council: str
    authority: str
    edition: str
    edition_day: dt.date
    is_latest: bool
    meeting: dt.date | None
    previous: str | None
    label: str
    address: Address
    is_synthetic: bool
    is_published: bool
    sees_teams: bool = True
    sees_quality: bool = True
    is_protected: bool = False
    is_known: bool = True
    previous_meeting: dt.date | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether a team, or an earlier end than the edition's, is chosen: what is known of the whole service up to the
        edition's month is then of something else than the page."""
        last = self.address.last
        return self.address.team is not None or (last is not None and last < self.edition_day)


@dataclass(frozen=True)
class NotSupplied:
    """A KPI of the plan that the edition does not have, and the tables it needs."""

    kpi: str
    title: str
    needs: tuple[str, ...]


@dataclass(frozen=True)
class KpiOutline:
    """A KPI as the plan page shows it: its series, headline words, and the words of its icons.

    `verdict` says whether it is better or worse of late, `target_kept` how often the target was met in the last year,
    `earlier` what it was when the last meeting read it, and a year ago. Of its data: `caveats` say why its figures may
    be wrong, `latest_period` of when they are where they are not of the edition's own month, `protection` what of it
    small-number protection keeps back and how it is given instead.
    """

    series: Series
    headline: str
    verdict: str
    target_kept: str
    comparison: str
    standing: Standing | None = None
    caveats: tuple[str, ...] = ()
    latest_period: str = ""
    protection: str = ""
    earlier: str = ""


@dataclass(frozen=True)
class AgendaItem:
    """An indicator that a board asks about, or that got better: its outline, the figures that the last meeting read and
    of a year ago in words, whether the edition before said another thing of it, and what to ask."""

    outline: KpiOutline
    earlier: str
    is_new: bool
    question: str = ""


@dataclass(frozen=True)
class Agenda:
    """What to ask about and what got better, the weightiest first."""

    asked: tuple[AgendaItem, ...]
    better: tuple[AgendaItem, ...]


@dataclass(frozen=True)
class PlanRuling:
    """Why the plan says how an ambition stands, and for editions up to which day. `by_rule` is the word that the rule
    gives of the figures that are shown."""

    by_rule: str
    reason: str
    until: dt.date


@dataclass(frozen=True)
class AmbitionVerdict:
    """How an ambition stands: worse, better, mixed, no real change or not judged, with the titles of its indicators
    that are worse and better, the weightiest first. `ruling` is there where the council's plan says so itself."""

    word: str
    worse: tuple[str, ...]
    better: tuple[str, ...]
    ruling: PlanRuling | None = None


@dataclass(frozen=True)
class AmbitionCard:
    """An ambition at a glance. `tally` counts KPIs by what is said of them: their verdict in a word; of yearly figures,
    which bear none, whether they stand better or worse than England; else "not judged". `verdict` is the ambition's.
    With a team chosen all are the team's, and `without_team` KPIs have no figure of it."""

    id: str
    title: str
    statement: str
    sponsor: str
    tally: Counter[str]
    verdict: AmbitionVerdict
    not_supplied: tuple[NotSupplied, ...]
    leads: tuple[KpiOutline, ...]
    without_team: int = 0


@dataclass(frozen=True)
class Matrix:
    """KPIs by their verdict (rows) and how often they met their target (columns).

    Each is a title and its KPI id.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], tuple[tuple[str, str], ...]]


@dataclass(frozen=True)
class PlanPage:
    """Plan on a page. `matrix` is None where no series is long enough (published yearly figures): then `outlines`
    are listed with change, distance and rank. `caveats` are the data caveats, one for each KPI that has any;
    `measured` is what is measured differently from the edition before.

    `agenda` is of what the frame chooses. `changes` are those that no verdict tells: what is no longer given, targets,
    restated figures. They are of the whole service up to the edition's month: where the frame is narrowed the page
    tells none of them, but how many there are (`changes_in_all`) on the page of changes.
    """

    frame: Frame
    agenda: Agenda
    changes: tuple[Change, ...]
    changes_in_all: int
    restated: tuple[Change, ...]
    caveats: tuple[Change, ...]
    matrix: Matrix | None
    outlines: tuple[KpiOutline, ...]
    cards: tuple[AmbitionCard, ...]
    measured: tuple[Change, ...] = ()


@dataclass(frozen=True)
class ToldChange:
    """A change with its sentence, the `line` that tells it among many, the row of changes.parquet that it is, and the
    id of the ambition that its KPI serves first; empty where it is of none or of several."""

    change: Change
    line: str
    row: Mapping[str, Any]
    ambition: str


@dataclass(frozen=True)
class ChangeGroup:
    """Changes under one heading, worst first; `ambition` is the id of the one that they are of, else empty."""

    ambition: str
    title: str
    told: tuple[ToldChange, ...]


@dataclass(frozen=True)
class ChangesPage:
    """Every change since the edition before: of the whole service up to the edition's month, whatever the frame's
    address chooses. KPIs that are no longer given come first, then the ambitions in the order of the plan, then figures
    that were restated without another thing being said of them."""

    frame: Frame
    groups: tuple[ChangeGroup, ...]

    @property
    def told(self) -> tuple[ToldChange, ...]:
        """All of them, in the order of the page."""
        return tuple(told for group in self.groups for told in group.told)


@dataclass(frozen=True)
class AmbitionPage:
    """One ambition, the `number`th of the plan, with the ids and titles of those `before` and `after` it: its KPIs, the
    worst first.

    `since` is the first month there is, where charts leave some out that can be asked for. `not_by_team`
    are the titles of KPIs without figures of the team because small numbers are protected, `without_team` of the
    others.
    """

    frame: Frame
    id: str
    title: str
    statement: str
    sponsor: str
    verdict: AmbitionVerdict
    outlines: tuple[KpiOutline, ...]
    without_team: tuple[str, ...]
    not_supplied: tuple[NotSupplied, ...]
    not_by_team: tuple[str, ...] = ()
    number: int = 1
    count: int = 1
    before: tuple[str, str] | None = None
    after: tuple[str, str] | None = None
    since: dt.date | None = None


@dataclass(frozen=True)
class IndicatorPage:
    """One KPI in depth. Parts that the KPI or the viewer's role does not have are None or empty.

    `previous_day` is the month that the last meeting read.
    """

    frame: Frame
    definition: Definition
    ambition: tuple[str, str] | None
    outline: KpiOutline | None
    not_supplied: NotSupplied | None
    category: str | None
    categories: tuple[str, ...]
    teams: TeamComparison | None
    breakdown: CategoryBreakdown | None
    workers: tuple[WorkerFigure, ...]
    worker: KpiOutline | None
    distribution: Distribution | None
    earlier: tuple[PresentedIn, ...]
    team_series: tuple[Series, ...]
    category_series: tuple[Series, ...]
    worker_series: tuple[Series, ...]
    notices: tuple[str, ...]
    parameters: Mapping[str, object]
    note: str
    worker_names: Mapping[str, str]
    previous_day: dt.date | None = None

    def name_of(self, worker: str) -> str:
        """A worker as this viewer may see them: by name, else by pseudonym."""
        return self.worker_names.get(worker, worker)


@dataclass(frozen=True)
class TeamPage:
    """One team against the service: for each KPI the team's outline and the service's series. `not_by_team` are the
    titles of KPIs without figures of the team because small numbers are protected, `without` of the others. `teams` are
    those at work, `closed` the others with the last month they were at work."""

    frame: Frame
    team: str | None
    service: str | None
    first_period_end: dt.date | None
    last_period_end: dt.date | None
    is_closed: bool
    teams: tuple[tuple[str, str | None], ...]
    outlines: tuple[tuple[KpiOutline, Series], ...]
    without: tuple[str, ...]
    not_by_team: tuple[str, ...] = ()
    closed: tuple[tuple[str, dt.date], ...] = ()


@dataclass(frozen=True)
class SourceLine:
    """One source of the edition as the about page lists it. `rows` are None where small numbers are protected."""

    name: str
    file: str
    rows: int | None
    day: dt.date | None


@dataclass(frozen=True)
class AboutPage:
    """How to read the dashboard, the definitions of the plan's KPIs, and what the edition is made of."""

    frame: Frame
    definitions: tuple[Definition, ...]
    sources: tuple[SourceLine, ...]
    comparator_sources: tuple[tuple[str, str], ...]
    neighbours: tuple[str, ...]
    neighbours_note: str
    not_supplied: tuple[NotSupplied, ...]
    published: dt.datetime
    software: str
    kpi_count: int
