"""Team and period live in the address and stay when moving between pages, and with Back and Forward."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect
from visiting import PHONE, Visitor, choose, go

pytestmark = pytest.mark.browser


def chosen(page: Page) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(page.url).query).items()}


def test_a_filter_lives_in_the_address_and_stays_on_every_page(visitor: Visitor) -> None:
    page = visitor.open("/leadership")
    teams = page.get_by_role("combobox", name="Team", exact=True)
    team = teams.locator("option").nth(2).inner_text()
    teams.select_option(team)
    expect(page.locator(".ib-frame")).to_contain_text(team)
    choose(page, "From", "2023-04-30")
    expect(page.locator(".ib-frame")).to_contain_text(f"{team}, from April 2023")
    visitor.settle(page)
    address = {"team": team, "from": "2023-04-30"}
    assert chosen(page) == address
    for entry in ("The right help", "Indicators", "Team", "About", "Plan on a page"):
        before = page.locator("h1").inner_text()
        go(page, entry)
        expect(page.locator("h1")).not_to_have_text(before)
        expect(page.locator(".ib-frame")).to_contain_text(f"{team}, from April 2023")
        visitor.settle(page)
        assert chosen(page) == address
        expect(teams).to_have_value(team)

    teams.select_option("")
    expect(page.locator(".ib-frame")).to_contain_text("All teams, from April 2023")
    visitor.settle(page)
    assert chosen(page) == {"from": "2023-04-30"}


def test_closed_teams_stay_shown_on_every_page_until_they_are_left_out(visitor: Visitor) -> None:
    page = visitor.open("/indicator?kpi=cin_reviews_on_time")
    page.get_by_role("link", name="Show closed teams").click()
    left_out = page.get_by_role("link", name="Leave closed teams out")
    expect(left_out).to_be_visible()
    for entry in ("About", "Team", "Indicators"):
        before = page.locator("h1").inner_text()
        go(page, entry)
        expect(page.locator("h1")).not_to_have_text(before)
        expect(page.locator("#ib-closed")).to_have_value("shown")
        visitor.settle(page)
        assert chosen(page)["closed"] == "shown"
    page.get_by_role("link", name="Average caseload", exact=True).first.click()
    expect(page.locator("h1")).to_have_text("Average caseload")
    expect(left_out).to_be_visible()
    choose(page, "View as", "member")
    expect(page.locator(".ib-places a", has_text="Data quality")).to_have_count(0)
    visitor.settle(page)
    assert chosen(page) == {"kpi": "average_caseload", "closed": "shown", "as": "member"}
    page.locator("nav a, .ib-trail a, a.ib-link").first.click()
    visitor.settle(page)
    assert chosen(page) == {"closed": "shown", "as": "member"}
    page.go_back()
    left_out.click()
    expect(page.get_by_role("link", name="Show closed teams")).to_be_visible()
    visitor.settle(page)
    assert "closed" not in chosen(page)


def test_back_and_forward_bring_back_page_and_filters(visitor: Visitor) -> None:
    page = visitor.open("/leadership")
    go(page, "Practice that is")
    expect(page.locator("h1")).to_have_text("Practice that is consistently good")
    visitor.settle(page)
    page.locator(".ib-panel-name a").first.click()
    expect(page.get_by_role("link", name="All indicators", exact=True)).to_be_visible()
    visitor.settle(page)
    shown = page.locator("h1").inner_text()
    page.go_back()
    expect(page.locator("h1")).to_have_text("Practice that is consistently good")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Leaders know their service and shape it")
    page.go_forward()
    page.go_forward()
    expect(page.locator("h1")).to_have_text(shown)
    visitor.settle(page)
    assert "kpi" in chosen(page)


def test_a_phone_opens_and_leaves_the_navigation(visitor: Visitor) -> None:
    page = visitor.open("/", PHONE)
    entry = page.locator(".ib-places a", has_text="About")
    expect(entry).to_be_hidden()
    page.locator(".ib-places summary", has_text="Menu").click()
    expect(entry).to_be_visible()
    entry.click()
    expect(page.locator("h1")).to_have_text("About these figures")
    expect(entry).to_be_hidden()
