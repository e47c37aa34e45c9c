"""Whatever stands in an address, for every role: no error, no mark-up, and nothing that the role may not see."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from examples import tried
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from looking import resolved
from small_council import Council

from improvement_board.access.viewer import Viewer
from improvement_board.document import about, ambition, changes, control_chart, indicator, indicators, plan, team
from improvement_board.page_models import Board, IndicatorChoice, Run

ROLES = [
    Viewer("c", "committee"),
    Viewer("m", "member"),
    Viewer("g", "manager", teams=frozenset({"North"})),
    Viewer("a", "analyst"),
]
KEYS = ("team", "from", "to", "edition", "kpi", "worker", "category", "verdict", "find")
KNOWN = ["North", "South", "w1", "w3", "seen", "children", "protection", "2026-06-30", "2026-09-30", "all"]
HOSTILE = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</p><iframe src=javascript:alert(1)>",
    "'; drop table extracts; --", "=cmd|' /C calc'!A0", "%00", "\ud800", "\u202e", "\0", "a\r\nb", "${7*7}{{7*7}}",
    "9999-12-31", "0000-00-00", "-1", "1e999", "nan",
]  # fmt: skip
TAGS = {"script", "iframe", "object", "embed", "form", "base", "meta", "link"}


class Reader(HTMLParser):
    """Notes what a browser would run."""

    def __init__(self) -> None:
        super().__init__()
        self.what_runs: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.what_runs += [tag] if tag in TAGS else []
        self.what_runs += [name for name, _ in attributes if name.startswith("on")]
        self.what_runs += [value for _, value in attributes if (value or "").strip().lower().startswith("javascript:")]


@pytest.fixture(scope="module")
def board(desk_council: Council) -> Board:
    return desk_council.board


def drawn(board: Board, viewer: Viewer, asked: dict[str, str]) -> str:
    """Every page of an address, as HTML."""
    address, _ = resolved(board, viewer, asked)
    choice = IndicatorChoice(asked.get("kpi"), asked.get("worker"), asked.get("category"))
    of_indicator = Run(board).look(viewer, address).indicator(choice)
    of_ambition = Run(board).look(viewer, address).ambition("practice")
    outlines, frame = of_ambition.outlines, of_ambition.frame
    figures = ambition.small_figures(outlines, frame)
    every_indicator = Run(board).look(viewer, address).indicators(asked)
    every_change = Run(board).look(viewer, address).changes()
    assert viewer.scope.sees_workers or (of_indicator.worker, of_indicator.workers) == (None, ())
    parts = [
        plan.whole(Run(board).look(viewer, address).plan()),
        changes.lede(every_change) + changes.listed(every_change) + changes.back(every_change),
        team.team_choices(Run(board).look(viewer, address).team()),
        about.definitions(Run(board).look(viewer, address).about()),
        ambition.trail(of_ambition) + ambition.key(outlines, frame, figures.values(), of_ambition.id),
        *(ambition.panel_head(outline, frame) for outline in of_ambition.outlines),
        ambition.as_table(of_ambition),
        indicators.lede(every_indicator) + indicators.listed(every_indicator),
        indicators.where_each_stands(every_indicator),
        indicator.facts(of_indicator),
        *(control_chart.chart_head(outline, None) for outline in of_ambition.outlines),
        indicator.trail(of_indicator),
        indicator.earlier(of_indicator),
        indicator.definition(of_indicator),
    ]
    return "".join(parts)


values = st.sampled_from([*KNOWN, *HOSTILE]) | st.text(max_size=40)


@given(st.sampled_from(ROLES), st.dictionaries(st.sampled_from(KEYS), values, max_size=5))
@example(ROLES[1], dict.fromkeys(KEYS, "<script>" * 130_000))  # a megabyte
@example(ROLES[0], {"team": "North", "kpi": "seen", "worker": "w1"})
@settings(deadline=None, max_examples=tried(20), suppress_health_check=[HealthCheck.too_slow])
def test_any_address_is_answered_with_what_the_role_may_see(
    board: Board, viewer: Viewer, asked: dict[str, str]
) -> None:
    text = drawn(board, viewer, asked)
    reader = Reader()
    reader.feed(text)
    assert reader.what_runs == []
    if viewer.role == "committee":
        assert ">North<" not in text
    if viewer.role in ("committee", "member"):
        assert ">w1<" not in text
    if viewer.role == "manager":
        assert ">w3<" not in text
