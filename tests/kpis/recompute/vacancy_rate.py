"""Vacant full-time equivalents over vacant and in-post ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.caseloads import in_post, social_workers
from recompute.common import Result, Tables, Tally, once, source_start, team_names


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Only months for which somebody recorded vacancies and somebody is in post."""
    tally, name = Tally(), team_names(tables)
    start = max(source_start(tables, table, first_day) for table in ("vacancies", "workforce"))
    vacancies = once(tables.get("vacancies", ()), "period_end", "team")
    for day in (day for day in months if day >= start):
        vacant = [row for row in vacancies if row["period_end"] == day and row.get("vacant_fte") is not None]
        if not vacant or not in_post(tables, day):
            continue
        for row in vacant:
            share = max(row["vacant_fte"], 0)
            tally.add(day, name(row.get("team")), None, None, share, share)
        for row in social_workers(tables, day):
            if row.get("agency_flag") != "Y":
                tally.add(day, name(row.get("team")), None, None, 0, row["fte"])
    return tally.ratios()
