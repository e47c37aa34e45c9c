"""Rows that add up others without a word for it: their numbers are the sums of all the others', month after month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import duckdb

from improvement_board.declared.tables import declared_tables, team_columns
from improvement_board.errors import Problem
from improvement_board.sources.findings import Finding, Findings
from improvement_board.sources.merge import Merged, read_declared
from improvement_board.sql.quote import quoted
from improvement_board.sql.session import run_over, scratch

VACANCIES = "vacancies"  # the one table with a number a team
NUMBERS_TO_BE_SURE = 3  # different ones: a team may by chance have what the others have together, but not so often
RULE, MESSAGE = "total-row", "has in each month what the others have together: it adds them up"
WAY_OUT = "a row for each, and none for all of them together"


def sums_of_others(figures: duckdb.DuckDBPyRelation) -> Mapping[str | None, int]:
    """The names whose numbers are the sums of all the others', with how many different numbers show it.

    `figures`: period_end, name, first_number, second_number.
    """
    return dict(run_over(figures, "figures", "checking/sums_of_others"))


def without_sums(tables: Mapping[str, Merged], folder: Path, findings: Findings) -> dict[str, Merged]:
    """The tables without rows that add up others, written anew into `folder` where there are any; each is told.

    A team that other tables name too is one, whatever its number, unless several different numbers say otherwise. With
    fewer of them, a name leaves a doubt that is shown beside the figure.
    """
    if VACANCIES not in tables:
        return dict(tables)
    with scratch() as connection:
        rows = _rows(connection, tables[VACANCIES])
        lines = sums_of_others(
            rows.project("period_end, team as name, vacant_fte as first_number, null::double as second_number")
        )
        named = set(_named_elsewhere(connection, tables)) if lines else set()
        sums = [name for name, numbers in lines.items() if name not in named or numbers >= NUMBERS_TO_BE_SURE]
        if not sums:
            return dict(tables)
        team = duckdb.CoalesceOperator(duckdb.ColumnExpression("team"), duckdb.ConstantExpression(""))
        is_sum = team.isin(*(duckdb.ConstantExpression(team_name or "") for team_name in sums))
        lost: dict[str, int] = {}
        told = rows.filter(is_sum).project("_file, _sheet, _row, team")
        for file, sheet, line, name in told.fetchall():
            problem = Problem(file, f"{MESSAGE}, and was not counted", sheet, line, "team", name, WAY_OUT)
            is_unsure = name is not None and lines[name] < NUMBERS_TO_BE_SURE
            unsure = ("vacant_fte",) if is_unsure else ()
            findings.add(Finding(RULE, "warning", problem, VACANCIES, lost=unsure))
            lost[file] = lost.get(file, 0) + 1
        return {**tables, VACANCIES: _written(rows.filter(~is_sum), tables[VACANCIES], lost, folder)}


def _rows(connection: duckdb.DuckDBPyConnection, merged: Merged) -> duckdb.DuckDBPyRelation:
    return read_declared(connection, declared_tables()[merged.table], merged.file, next(iter(merged.sources), ""))


def _named_elsewhere(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, Merged]) -> Iterator[str]:
    for table, column in team_columns():
        if table in tables and table != VACANCIES:
            names = _rows(connection, tables[table]).project(quoted(column)).distinct()
            yield from (name for (name,) in names.fetchall())


def _written(rows: duckdb.DuckDBPyRelation, merged: Merged, lost: Mapping[str, int], folder: Path) -> Merged:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{merged.table}.parquet"
    rows.write_parquet(str(file), compression="zstd")
    counts = tuple(replace(count, taken=count.taken - lost.get(count.file, 0)) for count in merged.counts)
    return replace(merged, file=file, counts=counts)
