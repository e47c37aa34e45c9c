"""The queries that several KPIs stand on (`queries/shared/*.sql`), in an order in which each finds what it uses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from graphlib import CycleError, TopologicalSorter
from typing import Any

from improvement_board.common.shipped import QUERIES, shipped_file
from improvement_board.declared.toml import parse_toml
from improvement_board.errors import InputError, Problem
from improvement_board.sql.queries import defined_query, read_sql


@dataclass(frozen=True)
class SharedQuery:
    """One shared query: the table it makes, what it holds, which shared tables it reads, its parameters' defaults."""

    name: str
    description: str
    uses: tuple[str, ...]
    sql: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


@cache
def shared_queries() -> tuple[SharedQuery, ...]:
    """Every shared query, those that others use first."""
    queries: dict[str, SharedQuery] = {}
    for file in sorted(shipped_file(QUERIES / "shared").glob("*.sql")):
        defined = defined_query(read_sql(file))
        if not defined:
            raise InputError(Problem(file.name, "has no description: the file must start with /*--- … ---*/"))
        declared = parse_toml(defined.definition, file.name, "the description")
        queries[file.stem] = SharedQuery(
            file.stem, declared["description"], tuple(declared["uses"]), defined.sql, declared.get("parameters", {})
        )
    try:
        order = TopologicalSorter({name: query.uses for name, query in queries.items()}).static_order()
        return tuple(queries[name] for name in order)
    except (CycleError, KeyError) as error:
        raise InputError(Problem("queries/shared", f"uses cannot be put in order: {error}")) from error
