"""What somebody asks to be exported."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from improvement_board.figures.series import Grain, Level


@dataclass(frozen=True)
class ExportRequest:
    """What to export. No KPIs: all of the edition. With a team and level service, the team's own series.

    `by_category` splits by each KPI's own category, and `category` leaves one of those alone.
    `by` is the kind of period: None gives those that pages show. Months that are protected, and quarters, are given by
    every kind that small-number protection publishes; what is exact is added up to whole periods.
    """

    kpis: tuple[str, ...] = ()
    team: str | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    level: Level = "service"
    by_category: bool = False
    by: Grain | None = None
    category: str | None = None
