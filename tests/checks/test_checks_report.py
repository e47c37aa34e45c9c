"""The report: what stops first, every row accounted for, nothing run and nobody named."""

from __future__ import annotations

import csv
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from case_parts import contact
from check_rows import EDITION, Row, merged
from rich.console import Console

from improvement_board.checks import CheckOutcome, run_checks
from improvement_board.checks.csv_files import FINDING_COLUMNS, REJECT_COLUMNS, write_findings, write_rejects
from improvement_board.checks.report import CheckReport, make_report
from improvement_board.checks.terminal import place_of, print_report, worst_lines
from improvement_board.declared.kpis import load_library
from improvement_board.document.check_report import html_page
from improvement_board.editions.manifest import SourceRecord
from improvement_board.errors import Problem
from improvement_board.sources.findings import Finding, Findings, Severity

HOSTILE = '=<script>alert("1")</script>&'
RECORD = SourceRecord(table="ssd_contacts", file="<b>.csv", rows=3, sha256="", source="ssd", lost=2, rejected=1)
JUNE = date(2026, 6, 15)


def outcome_of(folder: Path, rows: list[Row]) -> CheckOutcome:
    tables = {"ssd_contacts": rows, "ssd_person": [{"pers_person_id": "P1", "pers_forename": "Quentin"}]}
    return run_checks(merged(folder / "source", tables), EDITION, folder / "checked")


def report_of(folder: Path, outcome: CheckOutcome, *findings_told: Finding, computed: int = 3) -> CheckReport:
    findings = Findings()
    findings.source = "ssd"
    for finding in findings_told:
        findings.add(finding)
    library = load_library()
    needs = [(library["contacts"], ("ssd_contacts",)), (library["referrals"], ())]
    unread = [folder / "source" / "<i>.doc"]
    return make_report(folder / "source", EDITION, findings, outcome, [RECORD], needs, computed, unread)


def adapters(severity: str, file: Path | str = "a.csv", **finding_fields: object) -> Finding:
    problem = Problem(file, "is not a date", sheet="S", row=4, column="cont_contact_date", value=HOSTILE)
    return Finding("not-a-date", severity, problem, "ssd_contacts", "child 7", **finding_fields)  # type: ignore[arg-type]


ROWS = [contact("1", JUNE), contact(HOSTILE, JUNE, HOSTILE), contact("3", None), contact("1", JUNE)]


@pytest.fixture
def report(tmp_path: Path) -> CheckReport:
    return report_of(tmp_path, outcome_of(tmp_path, ROWS), adapters("error"), adapters("stop"), adapters("stop"))


class Page(HTMLParser):
    """What a reader of the page gets: its tags with their attributes, headings, and words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_what_stops_comes_first_then_what_is_kept_out_then_the_rest(report: CheckReport) -> None:
    assert [(finding_group.severity, finding_group.rule, finding_group.count) for finding_group in report.groups] == [
        ("stop", "not-a-date", 2),
        ("error", "empty_date", 1),
        ("error", "not-a-date", 1),
        ("error", "repeated_key", 1),
        ("warning", "orphan", 1),
    ]
    assert not report.can_be_published
    assert report.verdict == "This can't be published: 1 thing must be mended first."


def test_a_report_without_a_stop_says_what_can_be_published(tmp_path: Path) -> None:
    report = report_of(tmp_path, outcome_of(tmp_path, ROWS[:1]), adapters("warning"))
    assert report.can_be_published
    assert report.verdict == "This can be published: 3 indicators, 1 row kept out, 1 kind of warning."
    nothing = report_of(tmp_path, outcome_of(tmp_path, ROWS[:1]), computed=0)
    assert not nothing.can_be_published
    assert nothing.verdict == "This can't be published: no indicator can be computed from it."


def test_the_page_escapes_what_files_hold(report: CheckReport) -> None:
    page = html_page(report)
    assert "<script" not in page
    assert "alert(&#34;1&#34;)" in page
    assert "<b>.csv" not in page
    assert "&lt;b&gt;.csv" in page
    assert "<i>.doc" not in page
    assert "&lt;i&gt;.doc" in page


def test_the_page_needs_nothing_from_elsewhere(report: CheckReport) -> None:
    page = html_page(report)
    tags = Page(page).tags
    assert not {"script", "link", "img", "iframe"} & {tag for tag, _ in tags}
    assert all(attributes["href"].startswith("#") for tag, attributes in tags if tag == "a" and attributes["href"])
    assert "default-src 'none'" in next(
        attributes["content"] or "" for tag, attributes in tags if "http-equiv" in attributes
    )
    assert not re.search(r"https?:|url\(|@import", page)


def test_the_page_can_be_read_by_everybody(report: CheckReport) -> None:
    page = Page(html_page(report))
    tags = [tag for tag, _ in page.tags]
    assert next(attributes for tag, attributes in page.tags if tag == "html")["lang"] == "en-GB"
    assert tags.count("h1") == tags.count("main") == tags.count("nav") == 1
    assert tags.count("table") == tags.count("caption") == len(report.groups) + 2
    assert all(attributes.get("scope") in ("col", "row") for tag, attributes in page.tags if tag == "th")
    targets = [attributes["href"] for tag, attributes in page.tags if tag == "a"]
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert targets == [f"#{anchor}" for anchor in ids]
    assert len(ids) == len(set(ids))
    assert [word for word in page.words if re.fullmatch(r" \(\d+\)", word)] == [" (1)", " (3)", " (1)", " (2)"]
    assert "Data check for the edition of 30 September 2026" in page.words


def test_every_group_has_its_advice_and_the_rows_are_accounted_for(report: CheckReport) -> None:
    words = " ".join(Page(html_page(report)).words)
    for group in report.groups:
        assert group.advice in words
    cells = re.search(r"<tr><th scope=\"row\">&lt;b&gt;\.csv</th>(.*?)</tr>", html_page(report))
    assert cells
    assert re.findall(r">([^<>]+)</td>", cells[1]) == ["ssd_contacts", "ssd", "6", "3", "2", "1"]
    assert "Indicators left out" in words
    assert load_library()["contacts"].title in words


def test_nobody_is_named(report: CheckReport, tmp_path: Path) -> None:
    write_findings(report, tmp_path / "findings.csv")
    for text in (html_page(report), (tmp_path / "findings.csv").read_text("utf-8-sig")):
        assert "Quentin" not in text
        assert "child 7" not in text


def test_a_group_of_an_adapters_findings_is_named_by_what_they_share(tmp_path: Path) -> None:
    outcome = outcome_of(tmp_path, [])
    assert report_of(tmp_path, outcome, adapters("stop"), adapters("stop")).groups[0].title == (
        "ssd_contacts, cont_contact_date: is not a date"
    )
    other = Finding("not-a-date", "stop", Problem("a.csv", "is no day", column="cont_contact_date"), "ssd_contacts")
    assert report_of(tmp_path, outcome, adapters("stop"), other).groups[0].title == (
        "ssd_contacts, cont_contact_date: not a date"
    )


def test_a_name_that_an_adapter_tells_is_not_shown(tmp_path: Path) -> None:
    problem = Problem("a.csv", "is odd", row=2, column="pers_surname", value="Zedd")
    report = report_of(tmp_path, outcome_of(tmp_path, []), Finding("odd", "warning", problem, "ssd_person"))
    assert [row.value for row in report.rows] == ["(not shown)"]


def test_warnings_that_say_the_same_of_a_file_are_one_and_what_must_be_mended_is_told_each_time(tmp_path: Path) -> None:
    def team(name: str, row: int, severity: Severity = "warning") -> Finding:
        problem = Problem("a.csv", "is no team", row=row, column="team", value=name)
        return Finding("unknown-team", severity, problem, "supervision")

    warnings = [*(team("Old", row) for row in range(2, 1192)), *(team(f"Odd {row}", row) for row in range(1192, 1204))]
    report = report_of(tmp_path, outcome_of(tmp_path, []), *warnings)
    assert [(row.value, row.row, row.times) for row in report.rows][:2] == [("Old", "2", 1190), ("Odd 1192", "1192", 1)]
    assert len(report.rows) == len(report.groups[0].rows) == 13
    assert list(worst_lines(report)) == [
        "Warnings: 1,202 × supervision, team: is no team (a.csv, line 2, team = 'Old')"
    ]
    assert "(1,190 rows, this the first)" in place_of(report.rows[0])
    assert "All 1,202" in html_page(report)
    errors = [team("Old", row, "error") for row in range(2, 5)]
    again = report_of(tmp_path, outcome_of(tmp_path, []), *errors)
    assert [(row.row, row.times) for row in again.rows] == [("2", 1), ("3", 1), ("4", 1)]


def test_a_long_value_is_cut(tmp_path: Path) -> None:
    report = report_of(tmp_path, outcome_of(tmp_path, [contact("1" * 500, None)]), adapters("warning"))
    (group,) = report.of("error")
    assert group.rule == "empty_date"
    again = report_of(tmp_path, outcome_of(tmp_path, [contact("1" * 500, JUNE)] * 2))
    assert again.of("error")[0].rows[0].value == "1" * 120 + "…"


def test_findings_as_csv(report: CheckReport, tmp_path: Path) -> None:
    file = tmp_path / "findings.csv"
    write_findings(report, file)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert tuple(rows[0]) == FINDING_COLUMNS
    assert [row["severity"] for row in rows] == ["stop", "stop", "error", "error", "error", "warning"]
    assert rows[0]["value"] == f"'{HOSTILE}"
    assert {name: rows[0][name] for name in ("file", "sheet", "row", "rule")} == {
        "file": "a.csv", "sheet": "S", "row": "4", "rule": "not-a-date",
    }  # fmt: skip
    orphan = rows[-1]
    assert (orphan["file"], orphan["row"], orphan["value"]) == ("ssd_contacts.parquet", "2", f"'{HOSTILE}")


def test_rejects_as_csv_have_every_row_kept_out(tmp_path: Path) -> None:
    outcome = outcome_of(tmp_path, ROWS)
    findings = Findings()
    findings.source = "ssd"
    findings.add(adapters("error"))
    findings.rejected["ssd", "ssd_contacts"].add(("b.csv", None, 9, None))
    findings.add(adapters("warning", "c.csv"))
    write_rejects(findings, outcome.rejects, tmp_path / "source", tmp_path / "rejects.csv")
    with (tmp_path / "rejects.csv").open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert tuple(rows[0]) == REJECT_COLUMNS
    assert [(row["file"], row["sheet"], row["row"], row["rule"]) for row in rows] == [
        ("a.csv", "S", "4", "not-a-date"),
        ("b.csv", "", "9", ""),
        ("ssd_contacts.parquet", "", "3", "empty_date"),
        ("ssd_contacts.parquet", "", "4", "repeated_key"),
    ]
    assert rows[2]["content"] == '{"cont_contact_id": "3", "cont_person_id": "P1"}'
    assert pq.read_table(outcome.rejects).num_rows == 2


def test_on_a_terminal(report: CheckReport, capsys: pytest.CaptureFixture[str]) -> None:
    print_report(report, Console(width=60))
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == report.verdict
    headings = [line for line in lines if line and not line.startswith(" ")][1:-1]
    assert headings == [
        "Stops publishing:",
        "Rows kept out:",
        "Where rows went (read = used + lost to another source + kept out):",
        "Warnings:",
        "Indicators left out:",
    ]
    assert "  <b>.csv → ssd_contacts: 6 = 3 + 2 + 1" in lines
    assert "  contacts (needs ssd_contacts)" in lines
    assert "  referrals (known from published figures only)" in lines
    assert any(line.strip().startswith("a.csv, sheet S, line 4, cont_contact_date = ") for line in lines)
