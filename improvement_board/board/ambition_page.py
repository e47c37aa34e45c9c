"""One ambition: its statement, sponsor and KPIs in plan order."""

from __future__ import annotations

from improvement_board.board.address import Address
from improvement_board.board.desk import Desk
from improvement_board.board.outline import not_supplied
from improvement_board.board.page_models import AmbitionPage


def ambition_page(desk: Desk, address: Address, ambition_id: str) -> AmbitionPage:
    """The page of an ambition by its id; a team's figures where the address chooses one and the KPI has it."""
    ambitions = {ambition.id: ambition for ambition in desk.store.plan.ambition}
    ambition = ambitions[ambition_id]
    kpis = [planned.kpi for planned in ambition.kpi]
    service, of_team = desk.outlines(kpis, address)
    shown = {**service, **of_team} if address.team is None else of_team
    return AmbitionPage(
        frame=desk.frame(address),
        id=ambition.id,
        title=ambition.title,
        statement=ambition.statement,
        sponsor=ambition.sponsor,
        outlines=tuple(shown[kpi] for kpi in kpis if kpi in shown),
        without_team=tuple(desk.store.definitions[kpi].title for kpi in kpis if kpi in service and kpi not in shown),
        not_supplied=not_supplied(desk.store, kpis),
    )
