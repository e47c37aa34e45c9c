"""Nobody reads another verdict than the next: of every indicator and ambition a role is told the same or none."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from opposed_council import publish_opposed, publish_restated
from places import REPOSITORY
from small_council import SEPTEMBER, Council, monthly

from improvement_board.access.viewer import EVERYONE, Viewer
from improvement_board.declared.home import Home
from improvement_board.document.indicator import rebase_note
from improvement_board.page_models import Address, Board, IndicatorChoice, Run

NOTHING = ("not shown", "not judged")
VIEWERS = (Viewer("c", "committee"), Viewer("m", "member"), Viewer("g", "manager", teams=frozenset({"North"})))


@pytest.fixture(scope="module")
def boards(tmp_path_factory: pytest.TempPathFactory, desk_council: Council) -> tuple[Board, ...]:
    made = tmp_path_factory.mktemp("roles")
    return (
        publish_opposed(Council(made / "opposed")).board,
        publish_restated(Council(made / "restated")).board,
        desk_council.board,
        Board(Home(REPOSITORY / "data")),
    )


def verdicts(board: Board, viewer: Viewer, edition: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The verdict's word by KPI, and by ambition."""
    page = Run(board).look(viewer, Address(edition=edition)).plan()
    of_kpis = {
        outline.series.definition.id: outline.series.verdict.word for outline in page.outlines if outline.series.verdict
    }
    return of_kpis, {card.id: card.verdict.word for card in page.cards}


@pytest.mark.parametrize("viewer", VIEWERS, ids=lambda viewer: viewer.role)
def test_a_role_is_told_the_same_verdict_or_none(boards: tuple[Board, ...], viewer: Viewer) -> None:
    told = 0
    for board in boards:
        for name in Run(board).shelf.served:
            exact, seen = verdicts(board, EVERYONE, str(name)), verdicts(board, viewer, str(name))
            for ours, theirs in zip(exact, seen, strict=True):
                others = {key: word for key, word in theirs.items() if word not in NOTHING}
                assert others == {key: ours[key] for key in others}
                told += len(others)
    assert told > 50


def test_an_ambition_of_a_team_is_not_judged_by_the_rest_where_ranges_hide_what_decides(council: Council) -> None:
    council.define("posts", counts="workers")
    council.define("alone", protected_teams=False)
    fallen = [(90, 100), (91, 100)] * 18 + [(60, 100)] * 3
    steady = [(50, 100), (51, 100)] * 19 + [(50, 100)]
    rows = {kpi: [*monthly(fallen, team="North"), *monthly(fallen, team="South")] for kpi in ("seen", "alone")}
    for of_children in ("seen", "alone"):
        entries = {of_children: {"lead": True}, "posts": {"lead": True}}
        extracts = {of_children: rows[of_children], "posts": monthly(steady, team="North")}
        plan = council.plan([council.definition(kpi) for kpi in extracts], entries=entries)
        name = str(council.publish(SEPTEMBER, extracts, plan))
        said = {}
        for viewer in (EVERYONE, *VIEWERS[1:]):
            (card,) = Run(Board(council.home)).look(viewer, Address(team="North", edition=name)).plan().cards
            said[viewer.role] = card.verdict.word
        assert said == {"analyst": "worse", "member": "not shown", "manager": "worse"}


def test_an_analyst_alone_is_asked_to_rebase(boards: tuple[Board, ...]) -> None:
    for viewer in (EVERYONE, *VIEWERS):
        page = Run(boards[-1]).look(viewer).indicator(IndicatorChoice("agency_rate"))
        assert ("Rebase at 31 August 2025?" in rebase_note(page)) == (viewer is EVERYONE)
