"""An ambition and a plan of more indicators than one looks at: all of them drawn, named, printed or saved on demand."""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from visiting import Visitor, go

from improvement_board.declared.home import default_home

pytestmark = pytest.mark.browser

PLAN = tomllib.loads((default_home().editions / "2026-09-30" / "plan.toml").read_text(encoding="utf-8"))
KPIS = [entry["kpi"] for ambition in PLAN["ambition"] if ambition["id"] == "leadership" for entry in ambition["kpi"]]
CHARTS, MORE = ".ib-drawn", ".ib-matrix details"


def named(page: Page) -> int:
    """How many names of the matrix can be seen."""
    return page.locator(".ib-matrix li").locator("visible=true").count()


def test_a_link_draws_every_indicator_and_back_draws_six_again(visitor: Visitor) -> None:
    page = visitor.open("/leadership")
    assert page.locator(CHARTS).count() == 6
    listed = page.locator(".ib-stacked tbody tr")
    assert listed.count() == len(KPIS) - 6
    page.get_by_role("link", name=f"Draw all {len(KPIS)} as charts").click()
    expect(page.locator(CHARTS)).to_have_count(len(KPIS))
    assert page.url.endswith("/leadership?charts=all")
    expect(listed).to_have_count(0)
    page.go_back()
    expect(page.locator(CHARTS)).to_have_count(6)
    page.go_forward()
    expect(page.locator(CHARTS)).to_have_count(len(KPIS))
    page.get_by_role("link", name="Draw 6 as charts").click()
    expect(page.locator(CHARTS)).to_have_count(6)
    assert "charts" not in page.url


def test_a_period_chosen_keeps_all_charts_and_another_page_does_not(visitor: Visitor) -> None:
    page = visitor.open("/leadership", charts="all")
    page.get_by_label("From", exact=True).select_option("2024-04-30")
    expect(page.locator(".ib-frame")).to_contain_text("from April 2024")
    visitor.settle(page)
    assert page.locator(CHARTS).count() == len(KPIS)
    assert "charts=all" in page.url
    go(page, "Practice that is consistently good")
    expect(page.locator("h1")).to_have_text("Practice that is consistently good")
    visitor.settle(page)
    assert page.locator(CHARTS).count() == 6
    assert "charts" not in page.url


def test_every_figure_of_an_ambition_is_saved_at_once(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.open("/leadership")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download all figures of this ambition (CSV)").click()
    assert download.value.suggested_filename.startswith("leadership_all-teams_all-months")
    download.value.save_as(tmp_path / "saved.csv")
    with (tmp_path / "saved.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["kpi"] for row in csv.DictReader(file)} == set(KPIS)


def test_the_matrix_fits_a_screen_and_opens_by_keyboard(visitor: Visitor) -> None:
    page = visitor.open("/")
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
    page = visitor.open("/")
    shut, every = named(page), page.locator(".ib-matrix li").count()
    names = page.locator(".ib-matrix li").locator("visible=true")
    assert shut < every
    page.emulate_media(media="print")
    expect(names).to_have_count(every)
    assert page.locator(f"{MORE} summary").locator("visible=true").count() == 0
    page.emulate_media(media="screen")
    expect(names).to_have_count(shut)
