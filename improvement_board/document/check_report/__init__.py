"""The report as one HTML file that needs nothing else: for the screen, for paper, and for a screen reader."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from markupsafe import Markup

from improvement_board.checks.report import CheckReport, FindingGroup
from improvement_board.document.assets import read_file
from improvement_board.document.environment import render
from improvement_board.document.parts import table
from improvement_board.sources.findings import Severity

SECTIONS: tuple[tuple[str, str], ...] = (
    ("stop", "What stops publishing"),
    ("error", "Rows kept out"),
    ("rows", "Where the rows went"),
    ("warning", "Warnings"),
    ("left-out", "Indicators left out"),
)
SEVERITIES: Mapping[str, Severity] = MappingProxyType({"stop": "stop", "error": "error", "warning": "warning"})
ROW_HEADS = ("File", "Sheet", "Line", "Value", "What is wrong", "Allowed", "Rows")
RECORD_HEADS = ("File", "Table", "Format", "Rows read", "Used", "Lost to another source", "Kept out")


def html_page(report: CheckReport) -> Markup:
    """The page. Of a row only the failing value is shown."""
    return render(
        "check_report",
        "page",
        title=f"Data check for the edition of {report.edition.day} {report.edition:%B %Y}",
        style=read_file("check_report/style.css"),
        report=report,
        source=Path(report.source).name,
        sections=[(name, title, _count_entries(name, report), _draw_section(name, report)) for name, title in SECTIONS],
    )


def _count_entries(section_id: str, report: CheckReport) -> int | None:
    """How many entries a section has; None for one that is not counted."""
    if section_id in SEVERITIES:
        return len(report.of(SEVERITIES[section_id]))
    return len(report.left_out) if section_id == "left-out" else None


def _draw_section(section_id: str, report: CheckReport) -> Markup:
    if section_id == "rows":
        return _draw_records(report)
    if section_id == "left-out":
        return _draw_left_out(report)
    return Markup().join(_draw_group(group) for group in report.of(SEVERITIES[section_id]))


def _draw_group(group: FindingGroup) -> Markup:
    rows = [(row.file, row.sheet, row.row, row.value, row.message, row.allowed, f"{row.times:,}") for row in group.rows]
    shown = sum(row.times for row in group.rows)
    caption = f"The first {shown:,} of {group.count:,}" if group.count > shown else f"All {group.count:,}"
    where = ", ".join(part for part in (group.table, group.column) if part)
    made = table(f"{caption}: {group.title}", ROW_HEADS, rows, numbers=(6,))
    return render("check_report", "group", group=group, where=where, table=made)


def _draw_records(report: CheckReport) -> Markup:
    rows = [
        (
            record.file or "(no file with rows)",
            record.table,
            record.title or record.source,
            f"{record.rows + record.lost + record.rejected:,}",
            f"{record.rows:,}",
            f"{record.lost:,}",
            f"{record.rejected:,}",
        )
        for record in report.records
    ]
    made = table("Rows by file and table", RECORD_HEADS, rows, numbers=(3, 4, 5, 6)) if rows else Markup()
    return render("check_report", "records", table=made, unread=report.unread)


def _draw_left_out(report: CheckReport) -> Markup:
    rows = [
        (
            absent.title,
            render("check_report", "code", code=absent.kpi),
            ", ".join(absent.needs) or "known from published figures only",
        )
        for absent in report.left_out
    ]
    caption = "Indicators left out and what they need"
    return table(caption, ("Indicator", "Id", "Needs"), rows) if rows else Markup()
