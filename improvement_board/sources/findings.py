"""What was found wrong with sources: every finding kept, counted by rule, the first of each shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from improvement_board.errors import Problem

Severity = Literal["stop", "error", "warning"]
MOST_OF_A_RULE = 10_000
PLACEHOLDER = "placeholder"  # the rule of cells that stand for "not known"


@dataclass(frozen=True)
class Finding:
    """One thing wrong. `rule` is its short name (not-a-date); an error keeps its row out of `table`, a stop keeps the
    edition from being published, a warning does neither. `key` names the row: its primary key as text. `place` tells it
    from the others of its line where one line may have several: the number of its element in the file. `lost`: the
    columns of the table, or of others as `table.column`, whose value could not be read and counts as not recorded, in
    a row of `month` (its last day) where that is known."""

    rule: str
    severity: Severity
    problem: Problem
    table: str | None = None
    key: str | None = None
    row_number: int | None = None
    lost: tuple[str, ...] = ()
    month: date | None = None

    @property
    def row_of_file(self) -> RowOfFile:
        """What tells its row from all others of a table."""
        line = self.problem.row if self.problem.row is not None else self.key
        return str(self.problem.file), self.problem.sheet, line, self.row_number


FindingKey = tuple[str, str | None, str | None]  # rule, table, column
LostKey = tuple[str, str, str, date | None]  # table, column, file, month
RowOfFile = tuple[str, str | None, int | str | None, int | None]  # file, sheet, line or key, place


@dataclass
class Findings:
    """Findings in the order they came. Of a rule, table and column the first ten thousand are kept, all are counted.

    `source` is the format being read; `rejected` has the rows that errors kept out, by format and table, each once
    however much was wrong with it. `lost` counts the cells that could not be read, `absent` has the columns that a file
    does not have, by table and column.
    """

    kept: list[Finding] = field(default_factory=list)
    counts: dict[FindingKey, int] = field(default_factory=dict)
    rejected: dict[tuple[str, str], set[RowOfFile]] = field(default_factory=dict)
    lost: Counter[LostKey] = field(default_factory=Counter)
    absent: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    source: str = ""

    def add(self, finding: Finding) -> None:
        """Note a finding."""
        problem = finding.problem
        key = (finding.rule, finding.table, problem.column)
        self.counts[key] = self.counts.get(key, 0) + 1
        if finding.severity == "error" and finding.table:
            rows = self.rejected.setdefault((self.source, finding.table), set())
            rows.add(finding.row_of_file)
        for name in finding.lost:
            table, _, column = name.rpartition(".")
            self.lost[table or finding.table or "", column, str(problem.file), finding.month] += 1
        if self.counts[key] <= MOST_OF_A_RULE:
            self.kept.append(finding)

    def of(self, severity: Severity) -> Iterator[Finding]:
        """The findings kept of a severity."""
        return (finding for finding in self.kept if finding.severity == severity)
