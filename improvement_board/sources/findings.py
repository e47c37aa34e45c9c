"""What was found wrong with sources: every finding kept, counted by rule, the first of each shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from improvement_board.errors import Problem

Severity = Literal["stop", "error", "warning"]
MOST_OF_A_RULE = 10_000


@dataclass(frozen=True)
class Finding:
    """One thing wrong. `rule` is its short name (not-a-date); an error keeps its row out of `table`, a stop keeps the
    edition from being published, a warning does neither. `key` names the row: its primary key as text."""

    rule: str
    severity: Severity
    problem: Problem
    table: str | None = None
    key: str | None = None


@dataclass
class Findings:
    """Findings in the order they came. Of a rule, table and column the first ten thousand are kept, all are counted."""

    kept: list[Finding] = field(default_factory=list)
    counts: dict[tuple[str, str | None, str | None], int] = field(default_factory=dict)

    def add(self, finding: Finding) -> None:
        """Note a finding."""
        place = (finding.rule, finding.table, finding.problem.column)
        self.counts[place] = self.counts.get(place, 0) + 1
        if self.counts[place] <= MOST_OF_A_RULE:
            self.kept.append(finding)

    def of(self, severity: Severity) -> Iterator[Finding]:
        """The findings kept of a severity."""
        return (finding for finding in self.kept if finding.severity == severity)
