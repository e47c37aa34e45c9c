"""What is told of a workbook, with its place."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from improvement_board.errors import Problem
from improvement_board.sources.findings import Finding, Findings, Severity
from improvement_board.sources.values import text_of

LONGEST_SHOWN = 100


@dataclass(frozen=True)
class Notes:
    """Notes findings about a workbook, or about one sheet of it whose rows go to a table."""

    file: Path
    findings: Findings
    sheet: str | None = None
    table: str | None = None

    def of(self, sheet: str, table: str | None) -> Notes:
        """Notes about a sheet of the same workbook."""
        return Notes(self.file, self.findings, sheet, table)

    def tell(
        self,
        rule: str,
        severity: Severity,
        message: str,
        *,
        row: int | None = None,
        column: str | None = None,
        value: object = None,
        allowed: str | None = None,
        table: str | None = None,
        child: str | None = None,
        lost: tuple[str, ...] = (),
    ) -> None:
        """Note one thing that is wrong."""
        problem = Problem(self.file, message, self.sheet, row, column, show_value(value), allowed)
        self.findings.add(Finding(rule, severity, problem, table or self.table, child, lost=lost))

    def without(self, block: str) -> None:
        """Note that the workbook has nothing of a column of a table (`table.column`)."""
        table, _, column = block.partition(".")
        self.findings.absent.setdefault((table, column), set()).add(str(self.file))

    def stop(self, rule: str, message: str, *, row: int | None = None, allowed: str | None = None) -> None:
        """Note what keeps the workbook, or the sheet, from being read."""
        self.tell(rule, "stop", message, row=row, allowed=allowed)


def show_value(value: object) -> str | None:
    """A value as it is shown in a finding: on one line, days as they are written here, not at any length."""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, dt.datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    text = text_of(value)
    return text if text is None or len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
