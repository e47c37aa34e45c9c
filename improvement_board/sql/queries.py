"""Texts of queries: the one place where a file of SQL is read, and its leading definition parted from the query."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from improvement_board.common.shipped import QUERIES, shipped_file
from improvement_board.errors import InputError, Problem

LEADING = re.compile(r"\A\s*/\*---\s*\n(?P<definition>.*?)\n---\*/\s*(?P<sql>.*)\Z", re.DOTALL)
NAMED = re.compile(r"\$(\w+)")


class DefinedQuery(NamedTuple):
    """A query and the TOML that stands on top of it; either may be empty."""

    definition: str
    sql: str


def query_file(query: str) -> str:
    """How a query that the program ships is named to people: `views/changes` as `queries/views/changes.sql`."""
    return f"queries/{query}.sql"


@cache
def query_text(query: str) -> str:
    """The text of a query that the program ships, such as `views/changes`."""
    return read_sql(shipped_file(QUERIES / f"{query}.sql"))


def fill_query(query: str, **parts: str) -> str:
    """A query that the program ships, without its leading comment, with texts of SQL in place of some of its `$names`.

    These are what DuckDB cannot bind: tables, columns, types, lists of conditions. Other `$names` stay, to be bound.
    """
    text = query_text(query).partition("*/")[2]
    return NAMED.sub(lambda name: parts.get(name[1], name[0]), text)


def read_sql(file: Path) -> str:
    """The text of a file of SQL. Raises InputError naming one that is not UTF-8 or cannot be read."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(Problem(file.name, "is not UTF-8 text")) from error
    except OSError as error:
        raise InputError(Problem(file, f"cannot be read: {error.strerror}")) from error


def defined_query(text: str) -> DefinedQuery | None:
    """The definition between `/*---` and `---*/` that a text begins with, and its query; None where none begins it."""
    parts = LEADING.match(text)
    return DefinedQuery(parts["definition"], parts["sql"].strip()) if parts else None
