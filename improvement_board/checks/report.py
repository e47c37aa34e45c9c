"""What a person is told of a source folder: what stops it, what is kept out, where the rows went, what to look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from improvement_board.checks.rejecting import NAMES
from improvement_board.checks.running import CheckOutcome
from improvement_board.declared.kpis import Definition
from improvement_board.editions.manifest import SourceRecord
from improvement_board.errors import Problem
from improvement_board.sources.findings import MOST_OF_A_RULE, Finding, Findings, Severity
from improvement_board.sources.gather import UNKNOWN_FILE

SHOWN_ROWS = 20
LONGEST_VALUE = 120
NOT_SHOWN = "(not shown)"
SEVERITIES: tuple[Severity, ...] = ("stop", "error", "warning")
ADVICE: Mapping[Severity, str] = MappingProxyType(
    {
        "stop": "Mend this, or leave the file out of the folder, and check again.",
        "error": "These rows are kept out. Mend them in your own system, or in the file, and check again.",
        "warning": "The rows are kept; a value that can't be read is taken as not recorded.",
    }
)
OF_UNKNOWN_FILES = (
    "Leave them out if they are not meant to be counted; else see that their columns are named as expected."
)


@dataclass(frozen=True)
class ReportRow:
    """One finding as it is shown: its place, and the value of the failing column alone.

    `times`: how many rows of the file it stands for, this one the first of them.
    """

    file: str
    sheet: str
    row: str
    table: str
    column: str
    value: str
    rule: str
    severity: str
    message: str
    allowed: str
    times: int = 1


@dataclass(frozen=True)
class FindingGroup:
    """The findings of one rule in one column of one table: how many, the first of them, and what to do."""

    severity: Severity
    rule: str
    table: str
    column: str
    title: str
    advice: str
    count: int
    rows: tuple[ReportRow, ...]


@dataclass(frozen=True)
class LeftOut:
    """A KPI that can't be computed and what it needs. `needs` is empty where it comes from published figures only."""

    kpi: str
    title: str
    needs: tuple[str, ...]


@dataclass(frozen=True)
class CheckReport:
    """The whole report.

    `records` says for each file and table where its rows went, `unread` which files no format knows. `rows` are all the
    findings kept, warnings that say the same of a file as one. `computed` counts the KPIs that can be computed.
    """

    source: str
    edition: dt.date
    groups: tuple[FindingGroup, ...]
    rows: tuple[ReportRow, ...]
    records: tuple[SourceRecord, ...]
    left_out: tuple[LeftOut, ...]
    computed: int
    unread: tuple[str, ...]
    checks_run: int
    checks_not_run: int

    def of(self, severity: Severity) -> tuple[FindingGroup, ...]:
        """The groups of a severity, the largest first."""
        return tuple(group for group in self.groups if group.severity == severity)

    @property
    def can_be_published(self) -> bool:
        """Whether nothing stops the edition and there is something to publish."""
        return not self.of("stop") and self.computed > 0

    @property
    def rejected(self) -> int:
        """How many rows are kept out."""
        return sum(record.rejected for record in self.records)

    @property
    def verdict(self) -> str:
        """The first line of the report."""
        if self.of("stop"):
            return f"This can't be published: {_count_things(len(self.of('stop')), 'thing')} must be mended first."
        if not self.computed:
            return "This can't be published: no indicator can be computed from it."
        kept_out = f"{_count_things(self.rejected, 'row')} kept out" if self.rejected else "no row is kept out"
        warnings = f"{_count_things(len(self.of('warning')), 'kind')} of warning"
        return f"This can be published: {_count_things(self.computed, 'indicator')}, {kept_out}, {warnings}."


def _count_things(how_many: int, what: str) -> str:
    return f"{how_many:,} {what}" if how_many == 1 else f"{how_many:,} {what}s"


def make_report(
    source: Path,
    edition: dt.date,
    findings: Findings,
    outcome: CheckOutcome,
    records: Sequence[SourceRecord],
    needs: Iterable[tuple[Definition, tuple[str, ...]]],
    computed: int,
    unread: Iterable[Path] = (),
) -> CheckReport:
    """The report of a source folder: what the adapters found, what the checks found, and `needs`, the KPIs left out
    with what each of them needs."""
    groups = [*_group_adapters(findings, source), *_group_checks(outcome, source)]
    groups.sort(key=lambda group: (SEVERITIES.index(group.severity), -group.count, group.rule, group.table))
    in_order = [*findings.kept, *outcome.findings]
    in_order.sort(key=lambda finding: SEVERITIES.index(finding.severity))
    return CheckReport(
        source=str(source),
        edition=edition,
        groups=tuple(groups),
        rows=tuple(_merge_rows(in_order, source)),
        records=tuple(records),
        left_out=tuple(LeftOut(definition.id, definition.title, tables) for definition, tables in needs),
        computed=computed,
        unread=tuple(name_within(source, str(file)) for file in unread),
        checks_run=len(outcome.results),
        checks_not_run=len(outcome.not_run),
    )


def _group_checks(outcome: CheckOutcome, source: Path) -> Iterable[FindingGroup]:
    kept: dict[tuple[str, str | None, str | None], list[Finding]] = {}
    for finding in outcome.findings:
        kept.setdefault((finding.rule, finding.table, finding.problem.column), []).append(finding)
    for result in outcome.results:
        check = result.check
        if result.failures:
            rows = _merge_rows(kept[check.name, check.table, check.column], source)[:SHOWN_ROWS]
            yield FindingGroup(
                check.severity,
                check.name,
                check.table,
                check.column or "",
                check.title,
                check.advice,
                result.failures,
                tuple(rows),
            )


def _group_adapters(findings: Findings, source: Path) -> Iterable[FindingGroup]:
    kept: dict[tuple[Severity, str, str | None, str | None], list[Finding]] = {}
    for finding in findings.kept:
        kept.setdefault((finding.severity, finding.rule, finding.table, finding.problem.column), []).append(finding)
    for (severity, rule, table, column), alike in kept.items():
        all_of_rule = findings.counts.get((rule, table, column), 0)
        yield FindingGroup(
            severity=severity,
            rule=rule,
            table=table or "",
            column=column or "",
            title=_title_group(rule, {finding.problem.message for finding in alike}, table, column),
            advice=OF_UNKNOWN_FILES if rule == UNKNOWN_FILE else ADVICE[severity],
            count=all_of_rule if all_of_rule > MOST_OF_A_RULE else len(alike),
            rows=tuple(_merge_rows(alike, source)[:SHOWN_ROWS]),
        )


def _title_group(rule: str, messages: Set[str], table: str | None, column: str | None) -> str:
    """What is wrong in a group: the message where all say the same, else the rule's name in words."""
    where = ", ".join(part for part in (table, column) if part)
    said = next(iter(messages)) if len(messages) == 1 else rule.replace("-", " ")
    return f"{where}: {said}" if where else said


def _merge_rows(findings: Sequence[Finding], source: Path) -> list[ReportRow]:
    """The findings as rows. Warnings that say the same of a value in one file are one, with how often it stands there.

    Of what keeps a row out or stops the edition every place is told, since every one must be mended.
    """
    together: dict[ReportRow, list[ReportRow]] = {}
    for at, finding in enumerate(findings):
        row = row_of(finding, source)
        same = replace(row, row="") if finding.severity == "warning" else replace(row, times=-at)
        together.setdefault(same, []).append(row)
    return [replace(rows[0], times=len(rows)) for rows in together.values()]


def row_of(finding: Finding, source: Path) -> ReportRow:
    """A finding as it is shown: its file by the place in the source folder, and of the row only the failing value."""
    problem = finding.problem
    return ReportRow(
        file=name_within(source, str(problem.file)) if problem.file is not None else "",
        sheet=problem.sheet or "",
        row="" if problem.row is None else str(problem.row),
        table=finding.table or "",
        column=problem.column or "",
        value=_show_value(problem),
        rule=finding.rule,
        severity=finding.severity,
        message=problem.message,
        allowed=problem.allowed or "",
    )


def _show_value(problem: Problem) -> str:
    """The value of the failing column, cut where it is long. It is never somebody's name."""
    if problem.value is None:
        return ""
    text = NOT_SHOWN if problem.column in NAMES else str(problem.value)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"


def name_within(folder: Path, file: str) -> str:
    """A file by its place in the folder, where it is in it, else by its name."""
    path = Path(file)
    if path.is_relative_to(folder):
        return path.relative_to(folder).as_posix()
    return path.name if path.is_absolute() else file
