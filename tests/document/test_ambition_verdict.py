"""An ambition's own page says of it what its card on the plan page says."""

from __future__ import annotations

from itertools import product

import pytest
from examples import every_night

from improvement_board.access.roles import Role
from improvement_board.access.viewer import Viewer
from improvement_board.declared.home import default_home
from improvement_board.document.ambitions import verdict_lines
from improvement_board.document.pages import document_of
from improvement_board.page_models import Board, Run
from improvement_board.page_models.models import AmbitionVerdict

ASKED = ({}, {"team": "Assessment North"}, {"to": "2026-03-31"}, {"edition": "2026-06-30"})
OF_A_DAY = [("analyst", ASKED[0]), ("member", ASKED[1]), ("member", ASKED[2]), ("analyst", ASKED[3])]


@pytest.fixture(scope="module")
def board() -> Board:
    return Board(default_home())


@pytest.mark.parametrize(("role", "asked"), every_night(product(("member", "analyst"), ASKED), OF_A_DAY, several=True))
def test_an_ambition_stands_on_its_own_page_as_on_its_card(board: Board, role: Role, asked: dict[str, str]) -> None:
    look = Run(board).look(Viewer("a", role)).choose(asked)
    cards = look.plan().cards
    assert {card.verdict.word for card in cards} - {"not judged"}
    for card in cards:
        page = look.on(card.id)
        assert page.ambition(card.id).verdict == card.verdict
        said = verdict_lines(card.verdict)
        assert not said or said in document_of(page, {}).parts


def test_an_ambition_that_is_not_judged_has_no_line() -> None:
    assert verdict_lines(AmbitionVerdict("not judged", (), ())) == ""
    assert verdict_lines(AmbitionVerdict("worse", ("Reviews",), ()))
