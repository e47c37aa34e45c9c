"""Statements that put the checks of a table together: one counts what fails conditions, one notes what fails.

Each check keeps its own query and its own parameters, which are named apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from improvement_board.checks.library import PLACEHOLDER, Check
from improvement_board.sql.queries import fill_query
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


def count_failures(checks: Sequence[Numbered]) -> Statement:
    """One row: how many rows fail each check of a table that sets its rows a condition, in one scan of it."""
    counts = (f"count(*) filter ({numbered.named_apart(numbered.check.condition or '')})" for numbered in checks)
    table = quoted(checks[0].check.table)
    return Statement(
        fill_query("checking/count_conditions", counts=", ".join(counts), this_table=table), _merge_parameters(checks)
    )


def note_failures(checks: Sequence[Numbered]) -> Statement:
    """Adds the rows that fail checks, of whatever form, to the table `failures`."""
    parts = (
        fill_query(
            "checking/failing_rows", number=str(numbered.number), failing_rows=numbered.named_apart(numbered.check.sql)
        )
        for numbered in checks
    )
    return Statement(f"insert into failures by name ({') union all ('.join(parts)})", _merge_parameters(checks))


def _merge_parameters(checks: Iterable[Numbered]) -> dict[str, Any]:
    return {name: value for numbered in checks for name, value in numbered.parameters.items()}
