"""Running the checks over the tables of a source: what failed, and the tables without the rows that errors keep out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from improvement_board.checks.library import Check, load_checks
from improvement_board.checks.rejecting import REJECTS, keep_out
from improvement_board.checks.together import Numbered, Statement, count_failures, note_failures
from improvement_board.checks.views import open_views
from improvement_board.common.progress import Report, report_nothing
from improvement_board.declared.tables import declared_tables
from improvement_board.errors import InputError, Problem
from improvement_board.sources.findings import MOST_OF_A_RULE, Finding
from improvement_board.sources.merge import Merged
from improvement_board.sql.limits import lock
from improvement_board.sql.quote import quoted
from improvement_board.sql.session import QueryError, asking

SHOWN = 5
CORES = os.cpu_count() or 1
AT_ONCE = min(CORES, 4)  # checks run at a time, sharing the cores: most queries are too small to divide
RESULT = ["_id", "value"]


@dataclass(frozen=True)
class CheckResult:
    """A check that ran: how many rows failed it (0: it was passed), and the first of them."""

    check: Check
    failures: int
    first: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class CheckOutcome:
    """What came of the checks.

    `tables` is the file of each table without the rows that errors keep out. `rejected` counts those by source, file
    and table, `rejects` is a Parquet file of them with the reasons. `findings` has at most ten thousand of a check;
    `results` count them all. `not_run` are the checks that need a table that was not supplied.
    """

    tables: Mapping[str, Path]
    results: tuple[CheckResult, ...]
    rejected: Mapping[tuple[str, str, str], int]
    findings: list[Finding]
    not_run: tuple[Check, ...]
    rejects: Path


def run_checks(
    tables: Mapping[str, Merged],
    edition: date,
    folder: Path,
    progress: Report = report_nothing,
    own: Path | None = None,
) -> CheckOutcome:
    """Run every check whose tables are there, those of the council's folder `own` too, and write into `folder`.

    A check reads the tables that were supplied and reaches no other file. Raises InputError naming the file of a check
    that cannot be read, does more than read, or whose query fails.
    """
    folder.mkdir(parents=True, exist_ok=True)
    checks = load_checks(own)
    to_run = [check for check in checks if check.reads <= tables.keys()]
    helpers = {table for check in to_run for table in check.helpers}
    connection = open_views(tables, edition, folder, helpers, max(CORES // AT_ONCE, 1))
    try:
        lock(connection, (merged.file for merged in tables.values()), [folder])
        _prepare_tables(connection, to_run)
        numbered_checks = [Numbered(number, check) for number, check in enumerate(to_run)]
        _run_tables(connection, (numbered for numbered in numbered_checks if not numbered.check.is_last), progress)
        _run_tables(connection, (numbered for numbered in numbered_checks if numbered.check.is_last), progress)
        results = tuple(_collect_results(connection, to_run))
        findings = [finding for result in results for finding in result.first]
        files, rejected = keep_out(connection, tables, folder)
    finally:
        connection.close()
    results = tuple(CheckResult(result.check, result.failures, result.first[:SHOWN]) for result in results)
    not_run = tuple(check for check in checks if not check.reads <= tables.keys())
    return CheckOutcome(files, results, rejected, findings, not_run, folder / REJECTS)


def _prepare_tables(connection: duckdb.DuckDBPyConnection, checks: Sequence[Check]) -> None:
    """Tables of the checks and of what fails them, and the view `kept_out` of the rows that errors keep out."""
    connection.execute(
        "create table checks (check_no integer, check_name varchar, table_name varchar, column_name varchar, "
        "severity varchar)"
    )
    said = [(number, check.name, check.table, check.column, check.severity) for number, check in enumerate(checks)]
    numbers, *texts = (list(column) for column in zip(*said, strict=True)) if said else [[]] * 5
    unnested = ", ".join(["unnest(?::varchar[])"] * len(texts))
    connection.execute(f"insert into checks select unnest(?::integer[]), {unnested}", [numbers, *texts])
    connection.execute("create table failures (check_no integer, row_id bigint, value varchar)")
    of_errors = connection.table("checks").filter("severity = 'error'")
    failed = connection.table("failures").filter("row_id is not null")
    failed.join(of_errors, "check_no").create_view("kept_out")


def _run_tables(connection: duckdb.DuckDBPyConnection, checks: Iterable[Numbered], progress: Report) -> None:
    """Note the rows that fail the checks, several tables at a time, each on a cursor of its own."""
    by_table: dict[str, list[Numbered]] = {}
    for numbered in checks:
        by_table.setdefault(numbered.check.table, []).append(numbered)

    def run(of_table: list[Numbered]) -> None:
        cursor = connection.cursor()
        try:
            _run_table(cursor, of_table)
        finally:
            cursor.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done, _ in enumerate(pool.map(run, by_table.values())):
            progress("Checking", done, len(by_table))


def _run_table(cursor: duckdb.DuckDBPyConnection, checks: list[Numbered]) -> None:
    """Note the rows that fail the checks of a table: those that fail a condition once one scan has counted some.

    What cannot be asked together is asked check by check, so that the error names the file of one. Raises QueryError.
    """
    for numbered in checks:
        if numbered.check.is_own:
            _check_columns(cursor, numbered.check)
    conditions = [numbered for numbered in checks if numbered.check.condition]
    to_note = [numbered for numbered in checks if not numbered.check.condition]
    try:
        if conditions:
            counts = _ask_statement(
                cursor, count_failures(conditions), f"checks of {checks[0].check.table}"
            ).fetchall()[0]
            to_note += [numbered for numbered, count in zip(conditions, counts, strict=True) if count]
        if to_note:
            _ask_statement(cursor, note_failures(to_note), f"failures of {checks[0].check.table}")
    except QueryError:
        for numbered in checks:
            _ask_statement(cursor, note_failures([numbered]), numbered.check.file)


def _ask_statement(
    cursor: duckdb.DuckDBPyConnection, statement: Statement, name: str | Path
) -> duckdb.DuckDBPyConnection:
    with asking(name):
        return cursor.execute(*statement)


def _check_columns(cursor: duckdb.DuckDBPyConnection, check: Check) -> None:
    """Raises InputError for a query that does not give what a check's gives, and QueryError where it gives nothing."""
    with asking(check.file):
        columns = cursor.sql(check.sql, params=dict(check.parameters)).columns
    if sorted(columns) != RESULT:
        problem = Problem(check.file, "gives other columns", value=", ".join(columns), allowed="_id, value")
        raise InputError(problem)


def _collect_results(connection: duckdb.DuckDBPyConnection, checks: Sequence[Check]) -> Iterator[CheckResult]:
    counts = dict(connection.table("failures").aggregate("check_no, count(*)").fetchall())
    for number, check in enumerate(checks):
        failures = counts.get(number, 0)
        yield CheckResult(check, failures, tuple(_read_findings(connection, number, check)) if failures else ())


def _read_findings(connection: duckdb.DuckDBPyConnection, check_number: int, check: Check) -> Iterator[Finding]:
    """The first ten thousand rows that fail a check, in the order of the table."""
    failed = connection.table("failures").filter(f"check_no = {check_number}").order("row_id").limit(MOST_OF_A_RULE)
    key = ", ".join(quoted(column) for column in declared_tables()[check.table].key)
    rows = failed.join(connection.view(check.table), "row_id = _id", "left").order("row_id")
    for row_id, value, file, sheet, line, named in rows.project(
        f"row_id, value, _file, _sheet, _row, concat_ws(', ', {key})"
    ).fetchall():
        problem = Problem(
            file if row_id is not None else check.table,
            check.message,
            sheet=sheet,
            row=line,
            column=check.column,
            value=value,
            allowed=check.allowed,
        )
        yield Finding(check.name, check.severity, problem, check.table, named if row_id is not None else None)
