"""The access record in a real browser: what a visit leaves in it, and what its page does with it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from axe import violations
from playwright.sync_api import Page, expect
from visiting import DESKTOP, PHONE, Visitor, sideways

from improvement_board.access.record_page import COLUMNS

pytestmark = pytest.mark.browser

RECORD = "/access-record"
HOSTILE = "<img src=x onerror=alert(1)>"


def saved(page: Page, label: str) -> Path:
    """The file that a link gives."""
    with page.expect_download() as download:
        page.get_by_role("link", name=label).first.click()
    return download.value.path()


def rows_of(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")))


def test_a_download_is_noted_with_its_rows_and_the_record_can_be_saved(visitor: Visitor) -> None:
    page = visitor.open("/indicator", kpi="average_caseload", to="2025-03-31")
    figures = rows_of(saved(page, "Download these figures (CSV)"))
    record = visitor.open(RECORD, **{"as": "auditor", "event": "download"})
    noted = rows_of(saved(record, "Download these entries (CSV)"))
    assert tuple(noted[-1]) == COLUMNS
    assert noted[-1]["event"] == "download"
    assert noted[-1]["rows"] == str(len(figures)) != "0"
    assert noted[-1]["filters"] == "to=2025-03-31, kpi=average_caseload"
    assert noted[-1]["file"].startswith("average_caseload_")
    expect(record.get_by_text(f"Downloaded {noted[-1]['file']}, {len(figures)} rows").first).to_be_visible()


def test_the_page_holds_together_with_hostile_entries(visitor: Visitor) -> None:
    visitor.open("/indicator", kpi=f"{HOSTILE}{'Rechtsschutzversicherung' * 8}")
    page = visitor.open(RECORD, **{"as": "auditor", "person": "sign-in"})
    expect(page.locator("h1")).to_have_text("Access record")
    for size in (DESKTOP, PHONE):
        visitor.resize(page, size)
        expect(page.get_by_text(HOSTILE).first).to_be_visible()
        page.evaluate("() => document.querySelectorAll('details').forEach(part => { part.open = true; })")
        assert page.locator("img[src='x'], [onerror]").count() == 0
        assert sideways(page) == []
        assert violations(page) == []


def test_a_choice_comes_into_the_address_and_out_of_it(visitor: Visitor) -> None:
    page = visitor.open(RECORD, **{"as": "auditor"})
    page.get_by_label("Person (part of the name)").fill("nobody at all")
    page.get_by_label("Person (part of the name)").press("Enter")
    expect(page.get_by_text("There is no entry for this choice")).to_be_visible()
    expect(page).to_have_url(f"{visitor.server.url}{RECORD}?as=auditor&person=nobody+at+all")


def test_the_page_is_refused_by_its_address_and_the_refusal_is_noted(visitor: Visitor) -> None:
    page = visitor.open(RECORD, **{"as": "committee"})
    expect(page.locator("h1")).to_have_text("This page is not for your role")
    expect(page.locator(".ib-table")).to_have_count(0)
    record = visitor.open(RECORD, **{"as": "auditor", "event": "refusal", "record_role": "committee"})
    expect(record.get_by_text("Was refused: not for the role").first).to_be_visible()
