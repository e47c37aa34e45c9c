"""Care leavers in accommodation considered suitable."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recompute.common import Result, Tables, Tally
from recompute.leavers import leavers


def recompute(tables: Tables, months: Sequence[date], first_day: date, last_day: date) -> Result:
    """Gone abroad, deported and residence not known are left out."""
    tally = Tally()
    for end, team, worker, group, row in leavers(tables, months, last_day):
        if row.get("clea_care_leaver_accommodation") not in ("G", "H", "R"):
            tally.add(end, team, worker, group, row.get("clea_care_leaver_accom_suitable") == "1", 1)
    return tally.ratios()
