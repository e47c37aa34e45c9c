"""From which day on each table that workbooks gave is complete."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from improvement_board.sources.annex_a.survey import Survey

CASE_LISTS = frozenset({6, 7, 8, 9})
GO_BACK = frozenset(
    {
        "ssd_contacts",
        "ssd_early_help_episodes",
        "ssd_cin_episodes",
        "ssd_cin_assessments",
        "ssd_s47_enquiry",
        "ssd_initial_cp_conference",
        "ssd_cp_plans",
        "ssd_cla_episodes",
    }
)


def first_days(surveys: Sequence[Survey]) -> dict[str, dt.date]:
    """The first day from which each table is complete.

    Events, protection plans and care go back the months that their list covers before the first workbook. What is shown
    only as it stands (latest visit, review, placement, legal status, who is on an in-need plan, who holds the case)
    begins in the month of the first workbook.
    """
    first_by_table: dict[str, dt.date] = {}
    for workbook in surveys:
        start = workbook.as_at.replace(day=1)
        for each in workbook.lists:
            back = _months_before(start, max(each.header.layout.months - 1, 0))
            for table in each.header.layout.tables:
                own = back if table in GO_BACK else start
                first_by_table[table] = min(first_by_table.get(table, own), own)
    with_cases = [workbook for workbook in surveys if CASE_LISTS & {each.number for each in workbook.lists}]
    if with_cases:
        first_by_table["ssd_involvements"] = min(workbook.as_at.replace(day=1) for workbook in with_cases)
    return first_by_table


def _months_before(day: dt.date, months: int) -> dt.date:
    month = day.year * 12 + day.month - 1 - months
    return dt.date(month // 12, month % 12 + 1, 1)
