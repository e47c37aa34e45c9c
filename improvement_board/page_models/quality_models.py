"""What the data quality page shows: sources, checks, and how far each indicator can be relied on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from improvement_board.declared.kpis import Timing
from improvement_board.figures.series import Grain
from improvement_board.page_models.freshness import Recorded
from improvement_board.page_models.models import Frame, NotSupplied


@dataclass(frozen=True)
class SourceRows:
    """Rows of one source, or of one file and table of it. The first three together are all that was read.

    `earlier` are the rows used in each edition before (see QualityPage.editions), None where it had none.
    """

    used: int
    lost: int
    rejected: int
    earlier: tuple[int | None, ...]


@dataclass(frozen=True)
class SourceTable:
    """What one file gave one table. `earlier` rows are of the table, whatever its file was called."""

    table: str
    file: str
    day: dt.date | None
    rows: SourceRows


@dataclass(frozen=True)
class SourceQuality:
    """One source by the name of its format. `day` is the latest of its files'."""

    title: str
    day: dt.date | None
    rows: SourceRows
    tables: tuple[SourceTable, ...]


@dataclass(frozen=True)
class Winner:
    """A table that several sources have, and their names: the first wins where both have the same event."""

    table: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class CheckLine:
    """A check of one column: how many rows failed it now, and in the edition before (None: it was not made)."""

    severity: str
    title: str
    table: str
    column: str
    failures: int
    before: int | None


@dataclass(frozen=True)
class Restated:
    """How many figures of a KPI were restated since an edition, and the one that moved most, in its unit."""

    since: str
    figures: int
    period_end: dt.date
    before: float | None
    now: float | None
    unit: str
    grain: Grain


@dataclass(frozen=True)
class KpiQuality:
    """How far one KPI can be relied on. `recorded` is None where it has no figure. `caveats` are whole sentences."""

    kpi: str
    title: str
    timing: Timing
    recorded: Recorded | None
    restated: Restated | None
    caveats: tuple[str, ...]

    @property
    def is_exception(self) -> bool:
        """Whether there is something to know of it: no figure, a late one, a caveat, few cases with a team, or another
        figure than a board was shown."""
        recorded = self.recorded
        if recorded is None or recorded.is_late or recorded.is_partly_by_team:
            return True
        return bool(self.caveats) or self.restated is not None


@dataclass(frozen=True)
class QualityPage:
    """The data quality page. `editions` are those before, the earliest first, that rows are compared with."""

    frame: Frame
    verdict: tuple[str, ...]
    editions: tuple[str, ...]
    sources: tuple[SourceQuality, ...]
    winners: tuple[Winner, ...]
    checks: tuple[CheckLine, ...]
    kpis: tuple[KpiQuality, ...]
    not_supplied: tuple[NotSupplied, ...]

    @property
    def with_caveat(self) -> tuple[KpiQuality, ...]:
        """The KPIs that carry a caveat."""
        return tuple(kpi for kpi in self.kpis if kpi.caveats)
