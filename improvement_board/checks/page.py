"""The report as one HTML file that needs nothing else: for the screen, for paper, and for a screen reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from pathlib import Path
from types import MappingProxyType

from improvement_board.checks.report import CheckReport, FindingGroup
from improvement_board.html.assets import STATIC
from improvement_board.html.parts import Html, table, text
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


def html_page(report: CheckReport) -> str:
    """The page as text. Everything that comes from a file is escaped. Of a row only the failing value is shown."""
    title = f"Data check for the edition of {report.edition.day} {report.edition:%B %Y}"
    contents = "".join(
        f'<li><a href="#{section_id}">{text(heading)}</a>{_count_entries(section_id, report)}</li>'
        for section_id, heading in SECTIONS
    )
    sections = "".join(
        f'<section aria-labelledby="{section_id}"><h2 id="{section_id}">{text(heading)}</h2>'
        f"{_draw_section(section_id, report)}</section>"
        for section_id, heading in SECTIONS
    )
    ran = f"{report.checks_run:,} checks ran; {report.checks_not_run:,} had no table to look at."
    return (
        '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{text(title)}</title><style>{_read_style()}</style></head><body><header><h1>{text(title)}</h1>"
        f'<p class="verdict">{text(report.verdict)}</p><p>Source: {text(Path(report.source).name)}. {text(ran)} '
        "Rows are told by file and line; of each only the value that failed is shown. Keep it within the council."
        "</p></header>"
        f'<nav aria-label="Contents"><ul>{contents}</ul></nav><main>{sections}</main></body></html>\n'
    )


@cache
def _read_style() -> str:
    return (STATIC / "check_report.css").read_text(encoding="utf-8")


def _count_entries(section_id: str, report: CheckReport) -> str:
    """How many entries a section has, beside its link."""
    if section_id in SEVERITIES:
        return f" ({len(report.of(SEVERITIES[section_id])):,})"
    return f" ({len(report.left_out):,})" if section_id == "left-out" else ""


def _draw_section(section_id: str, report: CheckReport) -> str:
    if section_id == "rows":
        return _draw_records(report)
    if section_id == "left-out":
        return _draw_left_out(report)
    return "".join(_draw_groups(report.of(SEVERITIES[section_id]))) or "<p>None.</p>"


def _draw_groups(groups: tuple[FindingGroup, ...]) -> Iterator[str]:
    for group in groups:
        rows = [
            (row.file, row.sheet, row.row, row.value, row.message, row.allowed, f"{row.times:,}") for row in group.rows
        ]
        shown = sum(row.times for row in group.rows)
        caption = f"The first {shown:,} of {group.count:,}" if group.count > shown else f"All {group.count:,}"
        where = ", ".join(part for part in (group.table, group.column) if part)
        yield (
            f'<article><h3>{text(group.title)} <span class="count">{group.count:,}</span></h3>'
            f"<p>{text(group.advice)}</p>"
            f"<p class='rule'>Rule <code>{text(group.rule)}</code>{_draw_where(where)}</p>"
            f"{table(f'{caption}: {group.title}', ROW_HEADS, rows, numbers=(6,))}</article>"
        )


def _draw_where(where: str) -> str:
    return f" in <code>{text(where)}</code>" if where else ""


def _draw_records(report: CheckReport) -> str:
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
    unread = "".join(f"<li>{text(file)}</li>" for file in report.unread)
    told = f"<p>Of no known format, and not read:</p><ul>{unread}</ul>" if unread else ""
    lost = "lost to another source or a later file that has the same event"
    said = f"<p>Rows read are those used, {lost}, and kept out by an error.</p>"
    if not rows:
        return f"<p>No row was read.</p>{told}"
    return said + table("Rows by file and table", RECORD_HEADS, rows, numbers=(3, 4, 5, 6)) + told


def _draw_left_out(report: CheckReport) -> str:
    if not report.left_out:
        return "<p>None.</p>"
    rows = [
        (
            absent.title,
            Html(f"<code>{escape(absent.kpi)}</code>"),
            ", ".join(absent.needs) or "known from published figures only",
        )
        for absent in report.left_out
    ]
    return table("Indicators left out and what they need", ("Indicator", "Id", "Needs"), rows)
