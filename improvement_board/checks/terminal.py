"""The report on a terminal: short enough to be read there, with the places of all the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.text import Text

from improvement_board.checks.report import CheckReport, FindingGroup, ReportRow
from improvement_board.sources.findings import Severity
from improvement_board.words import on_one_line

FIRST_ROWS = 3
WORST = 5  # kinds of finding that are said where the whole report is not
MOST_GROUPS = 15
HEADINGS: tuple[tuple[Severity, str], ...] = (
    ("stop", "Stops publishing"),
    ("error", "Rows kept out"),
    ("warning", "Warnings"),
)


def print_report(report: CheckReport, console: Console) -> None:
    """Print what a person needs to act: what stops, what is kept out, where rows went, warnings, what is left out."""
    console.print(Text(report.verdict, style="bold"), soft_wrap=True)
    for line in _write_lines(report):
        console.print(Text(line), soft_wrap=True)


def _write_lines(report: CheckReport) -> Iterator[str]:
    for severity, heading in HEADINGS:
        groups = report.of(severity)
        if severity == "warning":
            yield from _write_records(report)
        if groups:
            yield from ("", f"{heading}:")
            for group in groups[:MOST_GROUPS]:
                yield from _write_group(group)
            if len(groups) > MOST_GROUPS:
                yield f"  … and {len(groups) - MOST_GROUPS} more kinds"
    if report.left_out:
        yield from ("", "Indicators left out:")
        for absent in report.left_out:
            needs = f"needs {', '.join(absent.needs)}" if absent.needs else "known from published figures only"
            yield f"  {absent.kpi} ({needs})"
    yield from ("", f"{report.checks_run} checks ran; {report.checks_not_run} had no table to look at.")


def worst_lines(report: CheckReport, *severities: Severity) -> Iterator[str]:
    """The worst of a report in few lines: kinds of rows kept out, the most rows first, then kinds of warning.

    `severities`: those alone.
    """
    for severity, heading in HEADINGS:
        groups = report.of(severity) if severity in (severities or ("error", "warning")) else ()
        for group in groups[:WORST]:
            first = f" ({on_one_line(_say_where(group.rows[0]))})" if group.rows and _say_where(group.rows[0]) else ""
            yield f"{heading}: {group.count:,} × {on_one_line(group.title)}{first}"
        if len(groups) > WORST:
            yield f"{heading}: … and {len(groups) - WORST} more kinds"


def _write_group(group: FindingGroup) -> Iterator[str]:
    yield f"  {group.count:,} × {on_one_line(group.title)} [{group.rule}]"
    for row in group.rows[:FIRST_ROWS]:
        yield f"      {place_of(row)}"
    shown = sum(row.times for row in group.rows[:FIRST_ROWS])
    if group.count > shown:
        yield f"      … and {group.count - shown:,} more"
    yield f"      {on_one_line(group.advice)}"


def place_of(row: ReportRow) -> str:
    """Where a finding is, what stands there and what is wrong with it, on one line."""
    times = f" ({row.times:,} rows, this the first)" if row.times > 1 else ""
    return on_one_line(f"{_say_where(row)}: {row.message}{times}")


def _say_where(row: ReportRow) -> str:
    parts: Iterable[str] = (
        row.file,
        f"sheet {row.sheet}" if row.sheet else "",
        f"line {row.row}" if row.row else "",
        f"{row.column} = {row.value!r}" if row.value else row.column,
    )
    return ", ".join(part for part in parts if part)


def _write_records(report: CheckReport) -> Iterator[str]:
    """Each file and table whose rows did not all count, then how many there are in all."""
    losing = [record for record in report.records if record.lost or record.rejected]
    if losing:
        yield from ("", "Where rows went (read = used + lost to another source + kept out):")
    for record in losing:
        read = record.rows + record.lost + record.rejected
        yield (
            f"  {on_one_line(record.file)} → {record.table}: "
            f"{read:,} = {record.rows:,} + {record.lost:,} + {record.rejected:,}"
        )
