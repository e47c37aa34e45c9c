"""Without sign-in, the demonstration is looked at in any role, and the role is kept from page to page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from visiting import Visitor, choose

pytestmark = pytest.mark.browser


def pages(page: Page) -> list[str]:
    return page.locator(".ib-places a").all_text_contents()


def view_as(visitor: Visitor, page: Page, role: str) -> None:
    choose(page, "View as", role)
    visitor.settle(page)


def test_a_role_is_kept_by_links_by_the_navigation_and_by_going_back(visitor: Visitor) -> None:
    page = visitor.open("/", **{"as": "committee"})
    assert "Team" not in pages(page)
    page.locator("a.ib-link[href*=indicator]").first.click()
    visitor.settle(page)
    assert "/indicator" in page.url
    assert "as=committee" in page.url
    assert "Team" not in pages(page)
    page.get_by_role("link", name="About these figures").first.click()
    visitor.settle(page)
    assert "Team" not in pages(page)
    page.go_back()
    visitor.settle(page)
    assert "Team" not in pages(page)


def test_a_role_is_chosen_in_the_frame(visitor: Visitor) -> None:
    page = visitor.open("/team")
    everything = pages(page)
    assert "Data quality" in everything
    navigation = page.locator(".ib-places a")
    view_as(visitor, page, "member")
    expect(navigation).to_have_text([entry for entry in everything if entry != "Data quality"])
    view_as(visitor, page, "committee")
    expect(page.locator("h1")).to_have_text("This page is not for your role")
    view_as(visitor, page, "auditor")
    expect(navigation).to_have_count(0)
    view_as(visitor, page, "")
    expect(navigation).to_have_text(everything)
    assert "as=" not in page.url
