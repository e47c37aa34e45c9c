"""One team against the service: all its KPIs, worst first."""

from __future__ import annotations

from improvement_board.page_models.address import Address
from improvement_board.page_models.ambition_page import weight
from improvement_board.page_models.desk import Desk
from improvement_board.page_models.models import TeamPage


def team_page(desk: Desk, address: Address) -> TeamPage:
    """The page of the address's team. Without one it offers the teams there are."""
    records = {record.team: record for record in desk.store.teams}
    record = records.get(address.team or "")
    kpis = desk.store.plan.kpis
    service, of_team = desk.outlines(kpis, address) if record else ({}, {})
    definitions, absent = desk.store.definitions, [kpi for kpi in kpis if kpi in service and kpi not in of_team]
    closed = desk.store.closed_teams(desk.store.name.day)
    there = sorted((kpi for kpi in kpis if kpi in of_team), key=lambda kpi: weight(of_team[kpi]))
    return TeamPage(
        frame=desk.frame(address),
        team=record.team if record else None,
        service=record.service if record else None,
        first_period_end=record.first_period_end if record else None,
        last_period_end=record.at_work_until if record else None,
        is_closed=record is not None and record.team in closed,
        teams=tuple((each.team, each.service) for each in desk.store.teams if each.team not in closed),
        closed=tuple((each.team, each.at_work_until) for each in desk.store.teams if each.team in closed),
        outlines=tuple((of_team[kpi], service[kpi].series) for kpi in there),
        without=tuple(definitions[kpi].title for kpi in absent if kpi not in desk.store.protected),
        not_by_team=tuple(definitions[kpi].title for kpi in absent if kpi in desk.store.protected),
    )
