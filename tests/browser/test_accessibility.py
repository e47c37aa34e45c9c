"""Accessibility where a page shows more than at first: opened parts, a team's worker, the dark theme, an error."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe import COLOURS, violations
from playwright.sync_api import Browser, BrowserContext, Page, expect
from serving import Server
from visiting import PHONE, Visitor, open_all, sideways, visiting

from improvement_board.declared.home import Home

pytestmark = pytest.mark.browser

FOCUSED = """() => {
    const element = document.activeElement, style = getComputedStyle(element);
    return [element.tagName, element.textContent.trim(), style.outlineStyle, parseFloat(style.outlineWidth)];
}"""


def test_an_indicator_with_all_its_parts_open(visitor: Visitor) -> None:
    page = visitor.open("/indicator", kpi="average_caseload", team=a_team(visitor))
    assert open_all(page) >= 4
    assert violations(page) == []
    visitor.in_theme(page, "dark")
    assert violations(page, COLOURS) == []
    visitor.in_theme(page, "light")
    visitor.resize(page, PHONE)
    assert open_all(page) >= 4
    assert violations(page) == []
    assert sideways(page) == []


def test_the_page_that_says_what_is_wrong(
    serve: Callable[[Home], Server],
    browser_context: BrowserContext,
    chromium: Browser,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    home = Home(tmp_path_factory.mktemp("empty") / ("a-folder-with-a-long-name-" * 6))
    with visiting(serve(home), browser_context) as visitor:
        page = visitor.open("/indicator", PHONE, kpi="contacts")
        expect(page.locator("h1")).to_have_text("The dashboard cannot open its data")
        expect(page.get_by_role("alert")).to_contain_text("holds no edition to show")
        assert violations(page) == []
        assert sideways(page) == []


def test_the_keyboard_reaches_what_opens_and_shows_where_it_is(visitor: Visitor) -> None:
    page = visitor.open("/indicator", kpi="contacts")
    summary = page.locator("summary", has_text="Figures").first
    summary.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    tag, text, outline, width = page.evaluate(FOCUSED)
    assert (tag, outline) == ("SUMMARY", "solid")
    assert "Figures" in text
    assert width >= 2
    page.keyboard.press("Enter")
    expect(page.locator("details[open] table").first).to_be_visible()


def test_the_keyboard_passes_over_the_closed_navigation(visitor: Visitor) -> None:
    page = visitor.open("/", PHONE)
    stops = []
    for _ in range(5):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("() => Boolean(document.activeElement.closest('.ib-places ul'))"))
    assert not any(stops)


def test_the_keyboard_leads_from_the_plan_to_a_teams_download(visitor: Visitor) -> None:
    page = visitor.open("/")
    page.keyboard.press("/")
    page.keyboard.type("Assessment North")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Assessment North")
    expect(page.locator("h1")).to_be_focused()
    tab_back_to(page, "SUMMARY", "Download")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)[:2] == ["A", "This team's figures (CSV)"]
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert saved.value.suggested_filename.startswith("team_Assessment-North")


def test_a_marks_word_opens_and_closes_its_meaning_by_keyboard(visitor: Visitor) -> None:
    page = visitor.open("/leadership")
    word = page.get_by_role("button", name="Usual range of single months").first
    word.focus()
    page.keyboard.press("Enter")
    meaning = page.locator(".ib-meaning:popover-open")
    expect(meaning).to_contain_text("one inside it is nothing to ask about")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(meaning).to_have_count(0)
    expect(word).to_be_focused()


def tab_back_to(page: Page, tag: str, text: str) -> None:
    """Go back by the keyboard until the focus is on an element."""
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if page.evaluate(FOCUSED)[:2] == [tag, text]:
            return
    raise AssertionError(f"the keyboard does not reach {text}")


def a_team(visitor: Visitor) -> str:
    """The first team there is to choose."""
    page = visitor.open("/team")
    return page.locator(".ib-cards a").first.inner_text()
