"""Initial conferences within 15 working days of the start of the enquiry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.children import Allocations
from recompute.common import Result, Row, Tables, Tally, month_end, once, working_days


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """By the month of the conference, transfers in left out."""
    allocations, tally = Allocations(tables), Tally()
    starts = {
        row["s47e_s47_enquiry_id"]: row.get("s47e_s47_start_date")
        for row in once(tables["ssd_s47_enquiry"], "s47e_s47_enquiry_id")
    }
    for row in once(tables["ssd_initial_cp_conference"], "icpc_icpc_id"):
        day = row.get("icpc_icpc_date")
        if day is None or month_end(day) not in months or row.get("icpc_icpc_transfer_in") == "Y":
            continue
        own = row.get("icpc_icpc_team"), row.get("icpc_icpc_worker_id")
        team, worker = allocations.own_or_allocated(*own, row.get("icpc_person_id"), day)
        in_time = _is_in_time(row, day, starts.get(row.get("icpc_s47_enquiry_id")))
        tally.add(month_end(day), team, worker, None, in_time, 1)
    return tally.ratios()


def _is_in_time(row: Row, day: date, start: date | None) -> bool:
    target = row.get("icpc_icpc_target_date")
    if start is None:
        return target is not None and day <= target
    return start <= day and working_days(start, day) <= 15
