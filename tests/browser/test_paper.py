"""What a page is on paper, read back from the PDF that Chromium prints: nothing of it missing, and on each sheet whose
it is, of which meeting, and which of how many."""

from __future__ import annotations

import io
import re

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader
from visiting import Visitor

from improvement_board.access.viewer import EVERYONE
from improvement_board.declared.home import default_home
from improvement_board.page_models import Look, Run
from improvement_board.page_models.board import Board

pytestmark = pytest.mark.browser

COUNCIL, MARK = "Northbridge Improvement Board", "Synthetic data"
MEETING = "Meeting of 28 October 2026 · figures to September 2026"


@pytest.fixture(scope="module")
def look() -> Look:
    """The demonstration council's plan."""
    return Run(Board(default_home())).look(EVERYONE)


def sheets_of(page: Page) -> list[str]:
    """The text of each sheet that a page is printed on, without where lines break."""
    pdf = PdfReader(io.BytesIO(page.pdf(format="A4")))
    return [_joined(sheet.extract_text()) for sheet in pdf.pages]


def _joined(text: str) -> str:
    """A text without white space, in which lines of a PDF break where no words end, and with plain apostrophes."""
    return re.sub(r"\s+", "", text).replace("’", "'")


def holds_head_and_number(sheets: list[str]) -> bool:
    """Whether each sheet says whose it is, its mark, of which meeting, and its number of all."""
    heads = [_joined(words) for words in (COUNCIL, MARK, MEETING)]
    return all(
        f"{number}of{len(sheets)}" in sheet and all(head in sheet for head in heads)
        for number, sheet in enumerate(sheets, start=1)
    )


def test_the_plan_is_printed_with_every_ambition(visitor: Visitor, look: Look) -> None:
    sheets = sheets_of(visitor.open("/"))
    assert len(sheets) > 2
    assert holds_head_and_number(sheets)
    ambitions = look.desk.store.plan.ambition
    assert len(ambitions) == 8
    for ambition in ambitions:
        assert _joined(ambition.title) in "".join(sheets)


def test_an_ambition_is_printed_with_every_indicator(visitor: Visitor, look: Look) -> None:
    for ambition in ("leadership", "neglect"):
        sheets = sheets_of(visitor.open(f"/{ambition}"))
        assert holds_head_and_number(sheets)
        outlines = look.ambition(ambition).outlines
        assert len(outlines) > 4
        for outline in outlines:
            assert _joined(outline.series.definition.title) in "".join(sheets)


def test_an_indicator_is_printed_with_its_parts(visitor: Visitor) -> None:
    page = visitor.open("/indicator?kpi=audits_good")
    headlines = page.locator("h1, .ib-headline").all_text_contents()
    assert len(headlines) > 3
    sheets = sheets_of(page)
    assert holds_head_and_number(sheets)
    for headline in headlines:
        assert _joined(headline) in "".join(sheets)


def test_a_page_is_printed_so_before_the_app_starts(visitor: Visitor, chromium: Browser, look: Look) -> None:
    assert visitor.has_first_view("/")
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(visitor.server.url)
        sheets = sheets_of(page)
    assert holds_head_and_number(sheets)
    for ambition in look.desk.store.plan.ambition:
        assert _joined(ambition.title) in "".join(sheets)


def test_an_earlier_meeting_is_named_on_each_sheet(visitor: Visitor) -> None:
    sheets = sheets_of(visitor.open("/neglect?edition=2026-06-30"))
    for sheet in sheets:
        assert _joined("As presented to the meeting of 22 July 2026 · figures to June 2026") in sheet
