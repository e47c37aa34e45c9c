"""Statements that put the checks of a table together: one counts what fails conditions, one notes what fails.

Each check keeps its own query and its own parameters, which are named apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from improvement_board.checks.library import PLACEHOLDER, Check
from improvement_board.sql.queries import query_text
from improvement_board.sql.quote import quoted


class Numbered(NamedTuple):
    """A check and its number among those that run."""

    number: int
    check: Check

    @property
    def parameters(self) -> Mapping[str, Any]:
        """What its query binds, under names of its own."""
        return {f"{name}_{self.number}": value for name, value in self.check.parameters.items()}

    def named_apart(self, sql: str) -> str:
        """A text of the check with those names."""
        return PLACEHOLDER.sub(rf"$\1_{self.number}", sql)


class Statement(NamedTuple):
    """A text of SQL and what it binds."""

    sql: str
    parameters: Mapping[str, Any]


def counting(checks: Sequence[Numbered]) -> Statement:
    """One row: how many rows fail each check of a table that sets its rows a condition, in one scan of it."""
    counts = (f"count(*) filter ({one.named_apart(one.check.condition or '')})" for one in checks)
    table = quoted(checks[0].check.table)
    return Statement(_filled("count_conditions", counts=", ".join(counts), this_table=table), _parameters(checks))


def noting(checks: Sequence[Numbered]) -> Statement:
    """Adds the rows that fail checks, of whatever form, to the table `failures`."""
    parts = (
        _filled("failing_rows", number=str(one.number), failing_rows=one.named_apart(one.check.sql)) for one in checks
    )
    return Statement(f"insert into failures by name ({') union all ('.join(parts)})", _parameters(checks))


def _filled(query: str, **parts: str) -> str:
    """A query of `queries/checking` with texts of SQL in the place of its `$names`."""
    return PLACEHOLDER.sub(lambda found: parts[found[1]], query_text(f"checking/{query}").partition("*/")[2])


def _parameters(checks: Iterable[Numbered]) -> dict[str, Any]:
    return {name: value for one in checks for name, value in one.parameters.items()}
