"""How complete and how recent the figures of each KPI of an edition are, and what must be said of them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from improvement_board import words
from improvement_board.editions.open_edition import Row, Store
from improvement_board.figures.series import Grain

MONTHS_OF: Mapping[Grain, int] = {"month": 1, "quarter": 3, "year": 12}
USUAL_GAPS = 2
MOSTLY = 90.0
DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Recorded:
    """What the extract of one KPI holds.

    `earliest` and `latest` are the first and the last period with a figure, `due` is the last that could be judged on
    the edition's day, `late` how many whole periods lie between these two. `is_usual`: the KPI skipped as many periods
    more than once before (plans due once a term, or rare events), so that the gap is no sign of missing data. The
    percentages are of the latest 12 periods' denominator, or numerator for a count. None where it is not split so.
    """

    grain: Grain
    latest: dt.date
    due: dt.date
    late: int
    is_usual: bool
    team: float | None
    worker: float | None
    earliest: dt.date | None = field(default=None, compare=False)

    @property
    def is_late(self) -> bool:
        """Whether figures are missing that should be there."""
        return self.late > 0 and not self.is_usual

    @property
    def is_partly_by_team(self) -> bool:
        """Whether so few cases have a team that figures by team show only a part of them."""
        return self.team is not None and self.team < MOSTLY


def recorded_of(store: Store) -> Mapping[str, Recorded]:
    """What is recorded of each KPI that has any figure, by one query."""
    dues = [_find_due_month(store, kpi) for kpi in store.definitions]
    rows = store.rows("data_quality", edition=store.name.day, kpis=list(store.definitions), dues=dues)
    return {row["kpi"]: _read_recorded(row) for row in rows}


def _find_due_month(store: Store, kpi: str) -> dt.date:
    unripe = store.manifest.kpis[kpi].unripe
    return unripe.period_end.replace(day=1) - dt.timedelta(days=1) if unripe else store.name.day


def _read_recorded(row: Row) -> Recorded:
    grain: Grain = row["period"]
    late = max(row["months_behind"], 0) // MONTHS_OF[grain]
    return Recorded(
        grain=grain,
        latest=row["latest"],
        due=_add_months(row["latest"], late * MONTHS_OF[grain]),
        late=late,
        is_usual=late > 0 and row["longer_gaps"] >= USUAL_GAPS,
        team=row["team_recorded"] if row["has_teams"] else None,
        worker=row["worker_recorded"] if row["has_workers"] else None,
        earliest=row["earliest"],
    )


def _add_months(day: dt.date, months: int) -> dt.date:
    """The last day of the month that many months after a day's."""
    following = day.year * 12 + day.month + months
    return dt.date(following // 12, following % 12 + 1, 1) - dt.timedelta(days=1)


@dataclass(frozen=True)
class Caveats:
    """What must be said beside a KPI: `caveats` say why its figures may be wrong, `latest` of which period its latest
    figure is where that is not the edition's own, and why; in whole sentences. `late` is the one of the caveats that
    says since when figures are missing."""

    caveats: tuple[str, ...] = ()
    latest: str = ""
    late: str = field(default="", compare=False)

    def of_earlier_months(self) -> Caveats:
        """What must be said of months that all have their figures, whatever is missing after them."""
        return Caveats(tuple(caveat for caveat in self.caveats if caveat != self.late))


NO_CAVEATS = Caveats()


def caveats_by_kpi(store: Store, recorded: Mapping[str, Recorded]) -> Mapping[str, Caveats]:
    """What must be said of each KPI of an edition. Published figures come out long after their year: none is late."""
    return {kpi: _gather_caveats(store, kpi, recorded.get(kpi)) for kpi in store.definitions}


def _gather_caveats(store: Store, kpi: str, recorded: Recorded | None) -> Caveats:
    told = tuple(words.sentence(caveat) for caveat in store.manifest.kpis[kpi].caveats if caveat.strip())
    if store.protected:  # a count of records can be a small number of children
        told = tuple(dict.fromkeys(words.UNNAMED_CAVEAT if DIGIT.search(caveat) else caveat for caveat in told))
    if recorded is not None and recorded.earliest and store.definitions[kpi].is_rate_of_population:
        missing = store.plan.years_without_population(recorded.earliest)
        told = (*told, words.no_population_words(*missing)) if missing else told
    gap = _say_missing(store, kpi, recorded)
    latest = " ".join(_say_latest_period(store, kpi, recorded))
    return Caveats((*told, gap) if gap else told, latest, gap if recorded else "")


def _say_missing(store: Store, kpi: str, recorded: Recorded | None) -> str:
    """What is said of figures that should be there. One that is kept back is not late, nor is it known to be there."""
    if store.manifest.is_published or kpi in store.protected:
        return ""
    if recorded is None:
        return words.NO_FIGURES
    if not recorded.is_late:
        return ""
    return words.late_words(recorded.latest, recorded.grain, store.definitions[kpi].timing, recorded.late)


def _say_latest_period(store: Store, kpi: str, recorded: Recorded | None) -> Iterator[str]:
    """Of which period the latest figure is, where a later one could be there, and which month cannot be judged yet."""
    is_told = store.manifest.is_published or (recorded is not None and recorded.is_late and kpi not in store.protected)
    if recorded is not None and recorded.late and not is_told:
        yield words.latest_period_words(recorded.latest, recorded.grain, store.definitions[kpi].timing)
    unripe = store.manifest.kpis[kpi].unripe
    if unripe and (recorded is None or recorded.latest < unripe.period_end):
        yield words.unripe_words(unripe)
