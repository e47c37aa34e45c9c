"""Placements that broke down, with a stability meeting before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.children import Allocations
from recompute.common import Result, Tables, Tally, by, month_end, once

BREAKDOWNS = {"CREQB", "CREQO", "CHILD", "ALLEG", "STAND", "APPRR"}


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """By month of the placement's end."""
    allocations, tally = Allocations(tables), Tally()
    meetings = by(tables.get("stability_meetings", ()), "placement_id")
    for row in once(tables["ssd_cla_placement"], "clap_cla_placement_id"):
        end = row.get("clap_cla_placement_end_date")
        if end is None or month_end(end) not in months or row.get("clap_cla_placement_change_reason") not in BREAKDOWNS:
            continue
        met = any(meeting["meeting_date"] < end for meeting in meetings.get(row["clap_cla_placement_id"], ()))
        tally.add(month_end(end), *allocations.at(row.get("clap_person_id"), end), None, met, 1)
    return tally.ratios()
