"""Which columns of the record-level tables a KPI's figures rest on, as DuckDB works it out from the query itself.

The shared queries are followed as views, and DuckDB's planner, which reads no column that is not used, says which are.
So every KPI is held to it, the council's own too. Columns that only choose between equal rows are not counted.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import duckdb

from improvement_board.declared.kpis import Definition
from improvement_board.declared.shared_queries import shared_queries
from improvement_board.declared.tables import declared_tables, names_of_people
from improvement_board.declared.toml import shipped_toml
from improvement_board.errors import InputError
from improvement_board.records.files import create_empty
from improvement_board.sql.limits import lock, only_reads
from improvement_board.sql.parsing import nodes, parse_tree, tables_of, with_values, write_tree
from improvement_board.sql.session import connect

TableColumn = tuple[str, str]  # table, column
Parameters = tuple[tuple[str, Any], ...]
# What would hide a column from a table without rows, or take a condition apart.
NOT_WANTED = "statistics_propagation,empty_result_pullup,filter_pushdown,filter_pullup,expression_rewriter"
WORD = re.compile(r"\w+")
CALENDAR = (
    "create table council (authority varchar, first_day date, last_day date)",
    "create table bank_holidays (day date)",
    "create table coverage (source varchar, first_period_end date)",
)
_LOCK = threading.Lock()


def columns_needed(definition: Definition, overrides: Mapping[str, Any] | None = None) -> frozenset[TableColumn]:
    """The columns, as (table, column), that decide a KPI's figures: those it uses but for the optional ones
    (`queries/optional_columns.toml`)."""
    if not definition.has_query:
        return frozenset()
    parameters = {**definition.parameters, **(overrides or {})}
    with _LOCK:
        used = _columns_used(definition.sql, tuple((name, _frozen(parameters[name])) for name in sorted(parameters)))
    return frozenset(column for column in used if _is_needed(column, definition.id))


def may_read(definition: Definition, places: Collection[TableColumn]) -> bool:
    """Whether a KPI's query may read one of these columns: it, or a shared query that it stands on, reads the table and
    has the column's name among its words."""
    tables, words = _tables_and_words(definition.sql, tuple(sorted(definition.parameters.items())))
    return any(table in tables and column in words for table, column in places)


@cache
def _tables_and_words(sql: str, parameters: Parameters) -> tuple[frozenset[str], frozenset[str]]:
    """The tables that a query and the shared queries beneath it read, and every word of them in small letters."""
    words = _words_of(sql)
    try:
        tables = tables_of(sql, dict(parameters))
    except duckdb.Error:  # which is said when it is run
        tables = words
    for query in reversed(shared_queries()):
        if query.name in tables:
            tables |= tables_of(query.sql, query.parameters)
            words |= _words_of(query.sql)
    return tables, words


def _words_of(sql: str) -> frozenset[str]:
    return frozenset(word.lower() for word in WORD.findall(sql))


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _is_needed(column: TableColumn, kpi: str) -> bool:
    """Whether a KPI needs a column that it uses: always, but for an optional one that does not name it."""
    optional = optional_columns().get(column)
    return kpi in optional if optional is not None else ".".join(column) not in names_of_people()


@cache
def optional_columns() -> Mapping[TableColumn, tuple[str, ...]]:
    """The declarations of `queries/optional_columns.toml`: the KPIs that need a column all the same."""
    declared = shipped_toml("optional_columns.toml")
    return MappingProxyType(
        {(table, column): tuple(kpis) for table, columns in declared.items() for column, kpis in columns.items()}
    )


@cache
def _columns_used(sql: str, parameters: Parameters) -> frozenset[TableColumn]:
    """The columns that a query reads; every one that it names where it cannot be planned.

    A text of two statements would run the second: one that does more than read is not planned.
    """
    bound = with_values(sql, dict(parameters))
    try:
        only_reads(bound, "")
        planned = _planner().execute(f"explain (format json) {_without_choices(bound)}")
        return frozenset(_scanned(json.loads(planned.fetchall()[0][1])))
    except (duckdb.Error, InputError):
        words = _words_of(sql)
        tables = (table for table in declared_tables().values() if table.name in words)
        return frozenset(
            (table.name, column.name) for table in tables for column in table.columns if column.name in words
        )


@cache
def _planner() -> duckdb.DuckDBPyConnection:
    """A connection with every table, without rows, and the shared queries as views, which reaches nothing outside:
    planning a query opens the files that it names."""
    connection = connect()
    for statement in CALENDAR:
        connection.execute(statement)
    for table in declared_tables().values():
        create_empty(connection, table)
    for query in shared_queries():
        bound = with_values(query.sql, query.parameters)
        connection.execute(f"create view {query.name} as {_without_choices(bound)}")
    connection.execute("set disabled_optimizers = $optimizers", {"optimizers": NOT_WANTED})
    lock(connection)
    return connection


def _without_choices(sql: str) -> str:
    """The query without the order of its row numbers: what is in it only chooses between rows."""
    tree = parse_tree(sql)
    for node in nodes(tree):
        if node.get("class") == "WINDOW" and node.get("function_name") == "row_number":
            node["orders"] = []
    return write_tree(tree) if tree else sql


def _scanned(plan: Any) -> Iterator[TableColumn]:
    """The columns that a plan reads from its tables."""
    for node in nodes(plan):
        facts = node.get("extra_info")
        if "SCAN" in str(node.get("name")) and isinstance(facts, dict) and facts.get("Table"):
            table = str(facts["Table"]).rpartition(".")[2]
            columns = facts.get("Projections", [])
            if table in declared_tables():
                yield from ((table, str(column)) for column in ([columns] if isinstance(columns, str) else columns))
