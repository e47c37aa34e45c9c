"""What a board member needs to know in two minutes is on the plan page's first two screens."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator
from visiting import DESKTOP, Visitor

from improvement_board.access.viewer import EVERYONE
from improvement_board.declared.home import default_home
from improvement_board.page_models import Board, Run

pytestmark = pytest.mark.browser

SECOND_FOLD = 1800  # pixels: two screens of 1440 by 900


def lowest(parts: Locator) -> float:
    """How far down the page the lowest of some parts ends."""
    return max(float(part.evaluate("part => part.getBoundingClientRect().bottom")) for part in parts.all())


def test_verdicts_questions_and_the_meeting_stand_on_the_first_two_screens(visitor: Visitor) -> None:
    page = visitor.open("/", DESKTOP)
    shown = Run(Board(default_home())).look(EVERYONE).plan()
    questions = page.locator(".ib-question")
    assert questions.count() == len(shown.agenda.asked) == 5
    assert lowest(questions) <= SECOND_FOLD
    verdicts = page.locator(".ib-ambition .ib-verdict")
    assert verdicts.count() == len(shown.cards) == 8
    assert lowest(verdicts) <= SECOND_FOLD
    for part in (".ib-verdict-line", ".ib-frame strong"):
        assert page.locator(part).count() == 1
        assert lowest(page.locator(part)) <= SECOND_FOLD / 2
    assert page.locator(".ib-frame strong").inner_text() == "Meeting of 28 October 2026"
    assert lowest(page.locator(".ib-agenda > section").last.locator(".ib-item")) <= SECOND_FOLD
