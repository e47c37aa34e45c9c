"""Addresses: copied, shared, kept from an older plan, or the first that a new server is asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from serving import start
from visiting import Visitor

from improvement_board.declared.home import default_home

pytestmark = pytest.mark.browser

CHOSEN = {"kpi": "average_caseload", "from": "2022-04-30", "to": "2026-03-31", "edition": "2026-06-30"}


def test_a_copied_address_shows_another_person_the_same(visitor: Visitor, visitor_of: Callable[..., Visitor]) -> None:
    first = visitor.open("/indicator", **CHOSEN)
    first.get_by_text("Figures by team", exact=True).click()
    team = first.locator("details[open] tbody a").first
    name = team.inner_text()
    team.click()
    expect(first.locator(".ib-frame")).to_contain_text(name)
    visitor.settle(first)

    second = visitor_of(visitor.server, fresh=True).open(first.url.removeprefix(visitor.server.url))

    assert second.url == first.url
    assert second.locator(".ib-frame").text_content() == first.locator(".ib-frame").text_content()
    assert "April 2022 to March 2026" in second.locator(".ib-frame").inner_text()
    assert "As presented to the meeting of" in second.locator(".ib-frame").inner_text()
    assert second.locator(".ib-headline").all_inner_texts() == first.locator(".ib-headline").all_inner_texts()
    assert second.locator(".ib-notice").count() == 0


def test_a_team_that_no_longer_exists_is_noticed(visitor: Visitor) -> None:
    page = visitor.open("/leadership", team="Duty and Advice")
    assert "There is no team “Duty and Advice”" in page.locator(".ib-notice").inner_text()
    assert "All teams" in (page.locator(".ib-frame").text_content() or "")
    assert page.locator(".ib-drawn").count() > 0


def test_an_unknown_page_opens_the_plan(visitor: Visitor) -> None:
    page = visitor.open("/no-such-ambition")
    expect(page.get_by_role("dialog")).to_contain_text("Page not found")
    expect(page.locator("h1")).to_contain_text("plan on a page")


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/leadership", "Leaders know their service and shape it"),
        pytest.param("/indicator?kpi=contacts", "Contacts received", marks=pytest.mark.nightly),
    ],
)
def test_a_new_server_may_first_be_asked_for_any_page(
    visitor_of: Callable[..., Visitor], tmp_path: Path, address: str, heading: str
) -> None:
    server = start(default_home(), tmp_path)
    try:
        page = visitor_of(server).open(address)
        expect(page.locator("h1")).to_have_text(heading)
        expect(page.locator(".ib-places a").first).to_have_text("Plan on a page")
        expect(page.get_by_role("dialog")).to_have_count(0)
    finally:
        server.stop()
