"""KPI extracts: the contract every one must keep, checked and written in one form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import duckdb

from improvement_board.common.files import disk_of
from improvement_board.declared.extract_contract import COLUMNS, OPTIONAL, ORDER, has_columns
from improvement_board.declared.kpis import Definition
from improvement_board.declared.plan import Plan
from improvement_board.editions.writing import NOTHING_PUBLISHED
from improvement_board.errors import InputError, Problem
from improvement_board.sql.session import connect, create, run, scratch


def write_extract(rows: duckdb.DuckDBPyRelation | Path, file: Path, definition: Definition) -> None:
    """Write rows as Parquet in the columns, types and order of the KPI-extract contract.

    Raises InputError naming the KPI and column where one is missing or cannot be of its type, or the file where the
    disk is full.
    """
    relation = _read(rows) if isinstance(rows, Path) else rows
    has_columns(relation, f"{definition.id}.parquet")
    there = {name.lower() for name in relation.columns}
    parts = [
        f"cast({f'{column}' if column in there else OPTIONAL[column]} as {kind}) as {column}"
        for column, kind in COLUMNS.items()
    ]
    try:
        ordered = relation.project(", ".join(parts)).order(ORDER)
        with disk_of(file, NOTHING_PUBLISHED):
            ordered.write_parquet(str(file), compression="zstd", row_group_size=1_000_000)
    except duckdb.Error as error:
        raise InputError(Problem(definition.file.name, f"cannot be read as a KPI extract: {error}")) from error


def broken_rules(files: Sequence[Path], ratios: Sequence[str], authority: str, edition: dt.date) -> list[Problem]:
    """What written extracts break of the contract's rules: the KPI, column, value and what is allowed.

    `ratios`: the KPIs that need a denominator.
    """
    if not files:
        return []
    parameters = {
        "files": list(map(str, files)),
        "ratios": list(ratios),
        "authority": authority,
        "edition": edition,
    }
    problems = run(_reader().cursor(), "views/extract_problems", parameters)
    return [
        Problem(f"{kpi}.parquet", f"{rule} ({rows} rows)", column=column, value=value, allowed=allowed)
        for kpi, rule, column, value, allowed, rows in problems
    ]


def count_extract_rows(files: Sequence[Path]) -> dict[str, int]:
    """How many rows each written extract has, by KPI; one without rows is left out."""
    return dict(run(_reader().cursor(), "views/extract_rows", {"files": list(map(str, files))}))


@cache
def _reader() -> duckdb.DuckDBPyConnection:
    """One connection that reads files for every extract: opening one takes longer than most extracts do."""
    return connect()


def _read(file: Path) -> duckdb.DuckDBPyRelation:
    try:
        return _reader().cursor().read_parquet(str(file))
    except duckdb.Error as error:
        raise InputError(Problem(file, f"cannot be read as Parquet: {error}")) from error


def write_teams(staging: Path, plan: Plan, services: Mapping[str, str | None], edition: dt.date) -> None:
    """Write teams.parquet: team, service, first_period_end, last_period_end, for every team in the staged extracts."""
    declared = {team: service.name for service in plan.service for team in service.teams}
    known = {**services, **declared}
    files = [str(file) for file in sorted(staging.glob("*.parquet")) if file.name != "benchmarks.parquet"]
    with scratch() as connection:
        connection.execute("create table services (team varchar, service varchar)")
        if known:
            connection.executemany("insert into services values (?, ?)", [[team, name] for team, name in known.items()])
        create(connection, "teams", "views/team_months", {"files": files})
        connection.table("teams").write_parquet(str(staging / "teams.parquet"))
