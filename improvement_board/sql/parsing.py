"""What DuckDB itself makes of a query before it is run: the tables it reads, and its parts as a tree."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

import duckdb

from improvement_board.sql.limits import lock
from improvement_board.sql.quote import quoted_text
from improvement_board.sql.session import connect

PARAMETER = re.compile(r"\$([a-z_]\w*)")
Tree = dict[str, Any]


def tables_of(sql: str, parameters: Mapping[str, Any] = MappingProxyType({})) -> frozenset[str]:
    """The tables that a query reads, in small letters: no name that it makes itself, nor a word of its texts.

    A parameter without a value stands as null. Raises duckdb.Error where DuckDB cannot make sense of the query, or it
    names a file.
    """
    return _tables_of(with_values(sql, parameters, otherwise="null"))


@lru_cache(maxsize=1024)
def _tables_of(sql: str) -> frozenset[str]:
    try:
        return frozenset(name.lower() for name in _parser().cursor().get_table_names(sql))
    except duckdb.BinderException:  # a window's range of days cannot be bound where the columns have no type
        named = (node.get("table_name") for node in nodes(parse_tree(sql)))
        return frozenset(name.lower() for name in named if isinstance(name, str) and name)


def with_values(sql: str, parameters: Mapping[str, Any], otherwise: str | None = None) -> str:
    """A query with its parameters written out, where DuckDB cannot bind them; those without a value stay, or become
    `otherwise`."""
    values = {name: _literal(value) for name, value in parameters.items()}
    return PARAMETER.sub(lambda parameter_match: values.get(parameter_match[1], otherwise or parameter_match[0]), sql)


def _literal(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_literal, value))}]"
    return str(value).lower() if isinstance(value, (bool, int, float)) else quoted_text(str(value))


def parse_tree(sql: str) -> Tree | None:
    """The tree of one reading statement; None for what is not one."""
    ((text,),) = _parser().cursor().execute("select json_serialize_sql($sql::varchar)", {"sql": sql}).fetchall()
    tree: Tree = json.loads(text)
    return None if tree.get("error") or len(tree["statements"]) != 1 else tree


def write_tree(tree: Tree) -> str:
    """The text of a tree's statement."""
    parameters = {"tree": json.dumps(tree)}
    ((text,),) = _parser().cursor().execute("select json_deserialize_sql($tree::json)", parameters).fetchall()
    return str(text)


def nodes(tree: Any) -> Iterator[Tree]:
    """Every node of a tree, or of a plan, the outer ones first."""
    if isinstance(tree, dict):
        yield tree
    for part in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from nodes(part)


@cache
def _parser() -> duckdb.DuckDBPyConnection:
    """A connection without tables, which reaches no file: to name the tables of a query DuckDB opens its files."""
    connection = connect()
    lock(connection)
    return connection
