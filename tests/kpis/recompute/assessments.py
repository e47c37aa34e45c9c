"""Assessments authorised in a month, in the team and with the worker who authorised them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from recompute.children import Allocations
from recompute.common import Row, Tables, month_end, once


def authorised(tables: Tables, months: Sequence[date]) -> Iterator[tuple[date, str | None, str | None, Row]]:
    """Month end, team, worker and row of each assessment authorised in one of the months."""
    allocations, wanted = Allocations(tables), set(months)
    for row in once(tables.get("ssd_cin_assessments", ()), "cina_assessment_id"):
        day = row.get("cina_assessment_auth_date")
        if day is None or month_end(day) not in wanted:
            continue
        team, worker = row.get("cina_assessment_team"), row.get("cina_assessment_worker_id")
        yield month_end(day), *allocations.own_or_allocated(team, worker, row.get("cina_person_id"), day), row
