"""From the plan to an indicator, its teams and their workers; and the figures saved on the way."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import duckdb
import pytest
from click.testing import CliRunner
from playwright.sync_api import Page, expect
from visiting import Visitor

from improvement_board.cli.main import main
from improvement_board.declared.home import default_home
from improvement_board.figures.formats import format_value

pytestmark = pytest.mark.browser

KPI = "average_caseload"
EDITION = default_home().editions / "2026-09-30"


def parameters(page: Page) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(page.url).query).items()}


def saved(page: Page, link: str) -> tuple[str, bytes]:
    """The name and content of the file that a link gives."""
    with page.expect_download() as download:
        page.get_by_role("link", name=link).first.click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def exported(tmp_path: Path, *options: str) -> bytes:
    """What the command `improvement-board export` writes."""
    out = tmp_path / "export.csv"
    run = CliRunner().invoke(main, ["export", "-o", str(out), "--data", str(default_home().folder), *options])
    assert run.exit_code == 0, run.output
    return out.read_bytes()


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_from_the_plan_to_a_worker_and_back(visitor: Visitor) -> None:
    page = visitor.open("/", **{"from": "2024-04-30"})
    page.locator(".ib-lead a", has_text="Average caseload").first.click()
    expect(page.locator("h1")).to_have_text("Average caseload")
    assert urlsplit(page.url).path == "/indicator"
    assert parameters(page) == {"kpi": KPI, "from": "2024-04-30"}

    page.locator("summary", has_text="Figures by team").click()
    link = page.locator("details[open] tbody th a").first
    team = link.inner_text()
    link.click()
    expect(page.locator(".ib-frame")).to_contain_text(team)
    assert parameters(page) == {"kpi": KPI, "from": "2024-04-30", "team": team}
    expect(page.get_by_role("combobox", name="Team", exact=True)).to_have_value(team)

    worker_link = (
        page.locator("h2", has_text="Workers of").locator("xpath=following-sibling::*").locator("tbody th a").first
    )
    worker = worker_link.inner_text()
    worker_link.click()
    expect(
        page.locator(".ib-headline", has_text=worker).or_(page.get_by_text(f"worker {worker}")).first
    ).to_be_visible()
    assert parameters(page) == {"kpi": KPI, "from": "2024-04-30", "team": team, "worker": worker}

    page.go_back()
    expect(page.locator(".ib-frame")).to_contain_text(team)
    visitor.settle(page)
    assert parameters(page) == {"kpi": KPI, "from": "2024-04-30", "team": team}
    page.go_back()
    expect(page.locator(".ib-frame")).to_contain_text("All teams")
    page.go_back()
    expect(page.locator("h1")).to_contain_text("plan on a page")
    page.go_forward()
    expect(page.locator("h1")).to_have_text("Average caseload")
    visitor.settle(page)
    assert parameters(page) == {"kpi": KPI, "from": "2024-04-30"}


def test_a_download_is_what_the_export_writes_and_what_is_on_screen(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.open("/indicator", kpi=KPI, **{"from": "2024-04-30", "to": "2026-03-31"})
    period = ("--kpi", KPI, "--from", "2024-04-30", "--to", "2026-03-31")

    name, content = saved(page, "Download these figures (CSV)")
    assert name == f"{KPI}_all-teams_2024-04-30_to_2026-03-31_edition-2026-09-30.csv"
    assert content == exported(tmp_path, *period)
    assert saved(page, "Download all teams (CSV)")[1] == exported(tmp_path, *period, "--level", "team")
    assert saved(page, "Download by plan type (CSV)")[1] == exported(tmp_path, *period, "--by", "category")

    rows = rows_of(content)
    assert len(rows) == 24
    query = "select period_end, sum(numerator), sum(denominator) from read_parquet($file) group by period_end"
    months = duckdb.sql(query, params={"file": f"{EDITION / KPI}.parquet"}).fetchall()
    added_up = {end.isoformat(): parts for end, *parts in months}
    for row in rows:
        numerator, denominator = added_up[row["period_end"]]
        assert float(row["numerator"]) == pytest.approx(numerator, rel=1e-12)
        assert float(row["denominator"]) == pytest.approx(denominator, rel=1e-12)
        assert float(row["value"]) == pytest.approx(numerator / denominator, rel=1e-12)

    page.locator("summary", has_text=re.compile("^Figures$")).click()
    shown = page.locator("details[open] tbody tr").all()
    assert len(shown) == 13
    for line, row in zip(shown, reversed(rows), strict=False):
        cells = line.locator("td").all_inner_texts()
        expected = [format_value(float(row["value"]), row["unit"])]
        expected += [format_value(float(row[part]), "count") for part in ("numerator", "denominator")]
        assert [cell.split(": ")[-1] for cell in cells[:3]] == expected


def test_the_workers_of_a_team_are_downloaded_as_exported(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.open("/indicator", kpi=KPI)
    page.locator("summary", has_text="Figures by team").click()
    link = page.locator("details[open] tbody th a").first
    team = link.inner_text()
    link.click()
    expect(page.locator(".ib-frame")).to_contain_text(team)
    visitor.settle(page)
    content = saved(page, "Download these workers (CSV)")[1]
    assert content == exported(tmp_path, "--kpi", KPI, "--team", team, "--level", "worker")
    assert {row["team"] for row in rows_of(content)} == {team}
    own = saved(page, "Download these figures (CSV)")[1]
    assert own == exported(tmp_path, "--kpi", KPI, "--team", team)


def test_an_earlier_edition_is_downloaded_as_it_was(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.open("/indicator", kpi=KPI, edition="2026-06-30")
    content = saved(page, "Download these figures (CSV)")[1]
    assert content == exported(tmp_path, "--kpi", KPI, "--edition", "2026-06-30")
    assert {row["edition"] for row in rows_of(content)} == {"2026-06-30"}
