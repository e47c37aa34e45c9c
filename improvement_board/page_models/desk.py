"""The desk of one open edition: what every page of it needs, worked out once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from improvement_board.editions.open_edition import Store
from improvement_board.editions.scope import Scope
from improvement_board.figures.assemble import Window
from improvement_board.figures.comparators import ComparatorsByKpi, Standing, comparators_of, standings_of
from improvement_board.figures.overview import overview
from improvement_board.figures.series import Series
from improvement_board.page_models.address import Address, PeriodChoices, period_choices
from improvement_board.page_models.freshness import Caveats, Recorded, caveats_by_kpi, recorded_of
from improvement_board.page_models.models import Frame, KpiOutline
from improvement_board.page_models.outline import outline

ISO_DAY = 10  # letters of an edition's name that are its day


@dataclass(frozen=True)
class Desk:
    """One open edition, for one scope, with what every page of it needs: comparators, standings, the periods one may
    choose, and what is recorded and must be said of each KPI."""

    store: Store
    scope: Scope
    comparators: ComparatorsByKpi
    standings: Mapping[tuple[str, str | None], Standing]
    periods: PeriodChoices
    recorded: Mapping[str, Recorded]
    caveats: Mapping[str, Caveats]
    is_latest: bool
    previous: str | None

    @property
    def previous_day(self) -> dt.date | None:
        """The last day of the edition before, which the last meeting read."""
        return dt.date.fromisoformat(self.previous[:ISO_DAY]) if self.previous else None

    def window(self, address: Address) -> Window:
        """The periods that an address asks for."""
        return Window(address.first, address.last or self.store.name.day)

    def frame(self, address: Address) -> Frame:
        """What stands around every page."""
        plan, council = self.store.plan, self.store.plan.council
        meeting = plan.next_meeting(self.store.name.day)
        before = plan.next_meeting(self.previous_day) if self.previous_day else None
        manifest = self.store.manifest
        label = "Published figures" if manifest.is_published else "Synthetic data" if manifest.is_synthetic else ""
        return Frame(
            council=council.name,
            authority=council.code,
            edition=str(self.store.name),
            edition_day=self.store.name.day,
            is_latest=self.is_latest,
            meeting=meeting.date if meeting else None,
            previous=self.previous,
            previous_meeting=before.date if before else None,
            label=label,
            address=address,
            is_synthetic=manifest.is_synthetic,
            is_published=manifest.is_published,
            sees_teams=self.scope.sees_teams,
            sees_quality=self.scope.sees_everything,
            is_protected=bool(self.store.protected),
            is_known=self.store.is_known,
        )

    def said_of(self, kpi: str, address: Address) -> Caveats:
        """What must be said of a KPI in the periods of an address: of when its latest figure is, only where they go on
        to the edition's own month; that figures are late, where they are within its periods too."""
        caveats, last, recorded = self.caveats[kpi], address.last, self.recorded.get(kpi)
        if last is None or last >= self.store.name.day:
            return caveats
        is_there = recorded is not None and recorded.latest >= last
        return caveats.of_earlier_months() if is_there else replace(caveats, latest="")

    def standing_of(self, series: Series, address: Address) -> Standing | None:
        """Where the authority stands, in a year that had ended by the last month of an address."""
        standing = self.standings.get((series.definition.id, series.category)) if series.level == "service" else None
        return standing if standing and standing.period_end <= self.window(address).last else None

    def outlines(self, kpis: Iterable[str], address: Address) -> tuple[dict[str, KpiOutline], dict[str, KpiOutline]]:
        """Outlines by KPI from one query: the service's, and those of the address's team."""
        service, of_team = overview(self.store, self.comparators, kpis, self.window(address), address.team)
        return (
            {
                kpi: outline(series, self.standing_of(series, address), self.said_of(kpi, address), self.previous_day)
                for kpi, series in service.items()
            },
            {
                kpi: outline(series, caveats=self.said_of(kpi, address), meeting_end=self.previous_day)
                for kpi, series in of_team.items()
            },
        )


def open_desk(store: Store, scope: Scope, *, is_latest: bool, previous: str | None) -> Desk:
    """The desk of an edition opened for a scope. `previous` names the edition of the date before it."""
    recorded = recorded_of(store)
    return Desk(
        store=store,
        scope=scope,
        comparators=comparators_of(store),
        standings=standings_of(store),
        periods=period_choices(store),
        recorded=recorded,
        caveats=caveats_by_kpi(store, recorded),
        is_latest=is_latest,
        previous=previous,
    )
