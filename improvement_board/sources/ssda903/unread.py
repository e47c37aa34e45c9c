"""What a file of the return holds that was not read, told once a file, with the KPIs that it might feed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from improvement_board.errors import Problem
from improvement_board.sources.feeding import might_feed
from improvement_board.sources.findings import Finding, Findings
from improvement_board.sources.ssda903.fields import TABLES_OF, FileOfReturn

MOST_NAMED = 30
ADAPTER = "ssda903"


def fed_by(kinds: Iterable[FileOfReturn] = ()) -> str:
    """What to say of the KPIs that files of these kinds feed; without a kind, those that the return feeds."""
    names = {kind.name for kind in kinds}
    tables = {table for kind, given in TABLES_OF.items() if kind in names or not names for table in given}
    return might_feed(frozenset(tables), None if names else ADAPTER)


@dataclass
class Unread:
    """The columns or elements of a file that are no field of the return, by name as it is written."""

    file: Path
    findings: Findings
    names: dict[str, int | None] = field(default_factory=dict)

    def note(self, name: str, line: int | None) -> None:
        """Note a column or an element."""
        if len(self.names) < MOST_NAMED:
            self.names.setdefault(name, line)

    def tell(self, rule: str, message: str, kinds: Sequence[FileOfReturn] = ()) -> None:
        """Tell of all at once."""
        if self.names:
            first = next(iter(self.names.values()))
            problem = Problem(self.file, f"{message}{fed_by(kinds)}", row=first, column=", ".join(self.names))
            self.findings.add(Finding(rule, "warning", problem))


def tell_no_rows(file: Path, kinds: Sequence[FileOfReturn], findings: Findings) -> None:
    """Tell of a file that has its heading and no row."""
    tables = ", ".join(dict.fromkeys(table for kind in kinds for table in TABLES_OF.get(kind.name, ())))
    counts = f": {tables} count as supplied, with nothing in them" if tables else ""
    problem = Problem(file, f"has no rows{counts}{fed_by(kinds) if tables else ''}")
    findings.add(Finding("no-rows", "warning", problem, kinds[0].table))
