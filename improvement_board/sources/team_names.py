"""Teams whose names differ in capitals, spaces or accents are one: the spelling that counts, in every table and ready
extract.

That of ssd_department where it has the team, by its id or its name; else the one in most rows.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

from improvement_board.declared.tables import declared_tables, team_columns
from improvement_board.errors import Problem
from improvement_board.sources.findings import Finding, Findings
from improvement_board.sources.merge import Merged, read_declared
from improvement_board.sql.quote import quoted, quoted_text
from improvement_board.sql.session import scratch

DEPARTMENTS = "ssd_department"
TEAM = "team"  # of a ready extract
RULE = "team-spelt-differently"


def fold_name(name: str) -> str:
    """A name for comparing: small letters without accents, one space between words."""
    plain = unicodedata.normalize("NFKD", " ".join(name.split()).casefold())
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())


def with_one_spelling(
    tables: Mapping[str, Merged], extracts: Mapping[str, Path], folder: Path, findings: Findings
) -> tuple[dict[str, Merged], dict[str, Path]]:
    """The tables and ready extracts with each team spelt one way, written anew into `folder` where they were not; what
    was changed is told."""
    with scratch() as connection:
        spellings = _spellings(connection, tables, extracts)
        others = {name: counts for name, counts in spellings.items() if len(counts) > 1}
        if not others:
            return dict(tables), dict(extracts)
        listed = set(_listed(connection, tables))
        chosen = {name: _choice(counts, listed) for name, counts in others.items()}
        for name, counts in sorted(others.items()):
            _tell(counts, chosen[name], findings)
        spelt = {
            spelling: chosen[name] for name, counts in others.items() for spelling in counts if spelling != chosen[name]
        }
        respelt = {name: _respelt_table(connection, merged, spelt, folder) for name, merged in tables.items()}
        places = {kpi: folder / "extracts" / f"{kpi}.parquet" for kpi in extracts}
        return respelt, {
            kpi: _respelt(connection.read_parquet(str(file)), [TEAM], spelt, places[kpi]) or file
            for kpi, file in extracts.items()
        }


def _rows(connection: duckdb.DuckDBPyConnection, merged: Merged) -> duckdb.DuckDBPyRelation:
    return read_declared(connection, declared_tables()[merged.table], merged.file, next(iter(merged.sources), ""))


def _spellings(
    connection: duckdb.DuckDBPyConnection, tables: Mapping[str, Merged], extracts: Mapping[str, Path]
) -> dict[str, Counter[str]]:
    read = [(_rows(connection, tables[table]), column) for table, column in team_columns() if table in tables]
    read += [(connection.read_parquet(str(file)), TEAM) for file in extracts.values()]
    by_name: dict[str, Counter[str]] = {}
    for rows, column in read:
        name = quoted(column)
        counts = rows.aggregate(f"{name}, count(*)", name)
        for spelling, many in counts.filter(f"{name} is not null").fetchall():
            by_name.setdefault(fold_name(spelling), Counter())[spelling] += many
    return by_name


def _listed(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, Merged]) -> Iterator[str]:
    """The ids and names of ssd_department."""
    if DEPARTMENTS in tables:
        for identity, name in _rows(connection, tables[DEPARTMENTS]).project("dept_team_id, dept_team_name").fetchall():
            yield from (spelling for spelling in (identity, name) if spelling is not None)


def _choice(counts: Counter[str], listed: set[str]) -> str:
    return min(counts, key=lambda spelling: (spelling not in listed, -counts[spelling], spelling))


def _tell(counts: Counter[str], chosen: str, findings: Findings) -> None:
    others = ", ".join(f'"{spelling}" ({rows:,})' for spelling, rows in sorted(counts.items()) if spelling != chosen)
    message = f'is one team with {others}, which differ in capitals, spaces or accents: all are shown as "{chosen}"'
    problem = Problem("teams", message, value=chosen, allowed="one spelling, as in ssd_department")
    findings.add(Finding(RULE, "warning", problem))


def _respelt_table(
    connection: duckdb.DuckDBPyConnection, merged: Merged, spelt: Mapping[str, str], folder: Path
) -> Merged:
    columns = [column for table, column in team_columns() if table == merged.table]
    file = _respelt(_rows(connection, merged), columns, spelt, folder / f"{merged.table}.parquet") if columns else None
    return replace(merged, file=file) if file else merged


def _respelt(
    rows: duckdb.DuckDBPyRelation, columns: Sequence[str], spelt: Mapping[str, str], file: Path
) -> Path | None:
    """The file into which the rows were written with other spellings; None where they have none to change."""
    words = ", ".join(quoted_text(spelling) for spelling in spelt)
    differs = " or ".join(f"{quoted(column)} in ({words})" for column in columns)
    if not rows.filter(differs).limit(1).fetchall():
        return None
    whens = " ".join(f"when {quoted_text(spelling)} then {quoted_text(chosen)}" for spelling, chosen in spelt.items())
    shown = [
        f"case {quoted(name)} {whens} else {quoted(name)} end as {quoted(name)}" if name in columns else quoted(name)
        for name in rows.columns
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    rows.project(", ".join(shown)).write_parquet(str(file), compression="zstd")
    return file
