"""More indicators than one looks at: all of them drawn, found, named, printed or saved."""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from visiting import DESKTOP, Visitor

from improvement_board.declared.home import default_home

pytestmark = pytest.mark.browser

PLAN = tomllib.loads((default_home().editions / "2026-09-30" / "plan.toml").read_text(encoding="utf-8"))
KPIS = [entry["kpi"] for ambition in PLAN["ambition"] if ambition["id"] == "leadership" for entry in ambition["kpi"]]
CHARTS, MORE = ".ib-drawn", ".ib-matrix details"
CHOOSE = """(input, name) => {  // as a browser fills in what is chosen from the list
    input.value = name;
    input.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertReplacementText" }));
}"""


def named(page: Page) -> int:
    """How many names of the matrix can be seen."""
    return page.locator(".ib-matrix li").locator("visible=true").count()


def test_every_indicator_is_drawn_and_a_link_shows_all_its_months(visitor: Visitor) -> None:
    page = visitor.open("/leadership")
    expect(page.locator(CHARTS)).to_have_count(len(KPIS))
    page.get_by_role("link", name="Show all months since April 2019").click()
    expect(page.locator(".ib-frame")).to_contain_text("from April 2019")
    assert page.url.endswith("/leadership?from=2019-04-30")
    expect(page.locator(CHARTS)).to_have_count(len(KPIS))
    page.get_by_role("link", name="Show the last three years").click()
    expect(page.get_by_role("link", name="Show all months since April 2019")).to_be_visible()
    assert page.url.endswith("/leadership")


def test_charts_are_shown_one_by_one_large_by_arrow_keys_and_a_clicker(visitor: Visitor) -> None:
    page = visitor.open("/leadership", DESKTOP)
    names = page.locator(".ib-panel-name a").all_inner_texts()
    small = page.locator(CHARTS).first.bounding_box()
    page.get_by_role("link", name="Show one by one").click()
    for key, name in (("", names[0]), ("ArrowRight", names[1]), ("PageDown", names[2]), ("PageUp", names[1])):
        if key:
            page.keyboard.press(key)
        expect(page.locator("h1")).to_have_text(name)
        expect(page.locator("h1")).to_be_focused()
    visitor.settle(page)
    expect(page.locator(CHARTS)).to_have_count(1)
    large = page.locator(CHARTS).bounding_box()
    assert small
    assert large
    assert large["width"] > 2.5 * small["width"]
    assert large["y"] + large["height"] <= DESKTOP[1]
    page.get_by_role("link", name="Leaders know their service and shape it").last.click()
    expect(page.locator(CHARTS)).to_have_count(len(KPIS))


def test_an_indicator_is_found_by_two_letters_from_any_page(visitor: Visitor) -> None:
    page = visitor.open("/leadership", **{"from": "2024-04-30"})
    page.keyboard.press("/")
    expect(page.locator("#ib-find")).to_be_focused()
    page.keyboard.type("ag")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Indicators")
    expect(page.locator("h1")).to_be_focused()
    assert "find=ag" in page.url
    assert "from=2024-04-30" in page.url
    page.get_by_role("link", name="Agency social workers", exact=True).first.click()
    expect(page.locator("h1")).to_have_text("Agency social workers")


def test_a_name_chosen_from_the_search_opens_its_page(visitor: Visitor) -> None:
    page = visitor.open("/")
    page.locator("#ib-find").evaluate(CHOOSE, "Missing episodes")
    expect(page.locator("h1")).to_have_text("Missing episodes")
    assert page.url.endswith("/indicator?kpi=missing_episodes")


def test_the_list_of_indicators_is_narrowed_by_its_form(visitor: Visitor) -> None:
    page = visitor.open("/indicators")
    rows = page.locator(".ib-indicators tbody tr")
    everything = rows.count()
    page.get_by_label("Verdict", exact=True).select_option("worse")
    expect(page.locator(".ib-lede")).to_contain_text(f"of {everything} indicators")
    assert 0 < rows.count() < everything
    assert page.url.endswith("/indicators?verdict=worse")
    page.get_by_role("link", name=f"Show all {everything}").click()
    expect(rows).to_have_count(everything)


def test_every_figure_of_an_ambition_is_saved_at_once(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.open("/leadership")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download all figures of this ambition (CSV)").click()
    assert download.value.suggested_filename.startswith("leadership_all-teams_all-months")
    download.value.save_as(tmp_path / "saved.csv")
    with (tmp_path / "saved.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["kpi"] for row in csv.DictReader(file)} == set(KPIS)


def test_the_matrix_fits_a_screen_and_opens_by_keyboard(visitor: Visitor) -> None:
    page = visitor.open("/indicators")
    page.locator("summary", has_text="All indicators by verdict and target").click()
    whole = page.locator(".ib-matrix").bounding_box()
    assert whole is not None
    assert whole["height"] <= 900
    shut, every = named(page), page.locator(".ib-matrix li").count()
    assert shut < every
    summary = page.locator(f"{MORE} summary").first
    hidden = int(re.findall(r"\d+", summary.inner_text())[0])
    summary.focus()
    page.keyboard.press("Enter")
    assert named(page) == shut + hidden
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.ib-matrix details[open] a')")


def test_every_name_of_the_matrix_is_printed(visitor: Visitor) -> None:
    page = visitor.open("/indicators")
    page.locator("summary", has_text="All indicators by verdict and target").click()
    shut, every = named(page), page.locator(".ib-matrix li").count()
    names = page.locator(".ib-matrix li").locator("visible=true")
    assert shut < every
    page.emulate_media(media="print")
    expect(names).to_have_count(every)
    assert page.locator(f"{MORE} summary").locator("visible=true").count() == 0
    page.emulate_media(media="screen")
    expect(names).to_have_count(shut)
