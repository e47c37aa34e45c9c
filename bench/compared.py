"""The pages that are measured side by side: ours, and a bare Streamlit page of six charts over the same figures."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from servers import streamlit_server

from improvement_board.access.viewer import EVERYONE
from improvement_board.declared.home import HOME_VARIABLE, Home
from improvement_board.page_models import Address, Board, IndicatorChoice, Run

HERE = Path(__file__).resolve().parent
AMBITION, KPI = "leadership", "average_caseload"
BARE_CHARTS = 6


@dataclass(frozen=True)
class Compared:
    """What the pages must show, asked of the board itself: teams with all of an ambition's charts, how many charts the
    ambition and the indicator have, how many images the plan. `bare` is the environment of the bare page."""

    teams: list[str]
    charts: int
    indicator_charts: int
    plan_images: int
    bare: Mapping[str, str]


def compare_on(home: Home) -> Compared:
    """What is compared on the latest edition of a data home."""
    board, everything = Board(home), Address()
    look = Run(board).look(EVERYONE, everything)
    store = look.desk.store
    closed = store.closed_teams(store.name.day)
    charts = _count_charts(board, everything)
    teams = [
        record.team
        for record in store.teams
        if record.team not in closed and _count_charts(board, replace(everything, team=record.team)) == charts
    ]
    page = look.indicator(IndicatorChoice(KPI))
    definitions = [outline.series.definition for outline in look.ambition(AMBITION).outlines[:BARE_CHARTS]]
    return Compared(
        teams=teams,
        charts=charts,
        indicator_charts=sum(
            part is not None for part in (page.outline, page.teams, page.breakdown, page.distribution)
        ),
        plan_images=sum(len(card.leads) for card in look.plan().cards),
        bare={
            "BARE_EDITION": str(store.folder.resolve()),
            "BARE_KPIS": json.dumps({definition.id: definition.title for definition in definitions}),
            "BARE_TEAMS": json.dumps(teams),
        },
    )


@contextmanager
def bare_and_ours(home: Home, known: Compared) -> Iterator[tuple[str, str]]:
    """Serve the bare page and ours; gives their addresses."""
    ours = {HOME_VARIABLE: str(home.folder.resolve())}
    with (
        streamlit_server(HERE / "bare" / "app.py", known.bare) as bare_address,
        streamlit_server(HERE.parent / "app.py", ours) as our_address,
    ):
        yield bare_address, our_address


def _count_charts(board: Board, address: Address) -> int:
    """How many charts the ambition's page draws."""
    outlines = Run(board).look(EVERYONE, address).ambition(AMBITION).outlines
    return sum(outline.series.latest is not None for outline in outlines)
