"""A made-up council whose data are late, partial and doubted, with sources and checks in each edition's manifest."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from small_council import JUNE, SEPTEMBER, Council, Row, month_ends, monthly, row

HOSTILE = '<img src=x onerror="alert(1)">'
FEWER = "Contacts of September 2026 are 38% below the usual number: the extract may be incomplete."
CENSUS, ANNEX = {"source": "cin_census", "title": "Children in need census"}, {"source": "annex_a", "title": "Annex A"}


def rows_up_to(last: date) -> dict[str, Sequence[Row]]:
    """Extracts of every sort: `steady` 3 of 4 with a team, of which two thirds have a worker; `stops` two months early;
    `termly` every fourth month; `quarterly` and `yearly`; `counted` events, 1 of 5 with a team; `published` values."""
    return {
        "steady": [
            *monthly([(1.0, 20.0)] * 3, month_ends(13, last)[0]),  # more than twelve periods ago: not counted
            *monthly([(8.0, 10.0)] * 12, last, team="North", worker="w1"),
            *monthly([(3.0, 5.0)] * 12, last, team="North"),
            *monthly([(2.0, 5.0)] * 12, last),
        ],
        "stops": monthly([(float(number), 50.0) for number in range(24)], month_ends(3, last)[0], team="North"),
        "termly": [
            row(end, 9.0, 10.0, team="North", worker="w1")
            for end in month_ends(26, last)
            if end.month in ((4, 8, 12) if last == SEPTEMBER else (1, 5, 9))
        ],
        "quarterly": [row(end, 5.0, 10.0, period="quarter") for end in month_ends(30, JUNE) if end.month % 3 == 0],
        "yearly": [row(date(year, 3, 31), None, period="year", value=10.0) for year in (2024, 2025, 2026)],
        "counted": [*monthly([1.0] * 12, last, team="North"), *monthly([4.0] * 12, last)],
        "published": [row(end, None, value=85.5, category="in need") for end in month_ends(6, last)],
        "nothing": [row(last, None, symbol="c")],
    }


def publish_doubtful(folder: Path, **caveats: Sequence[str]) -> Council:
    """Editions of June and September 2026; `caveats` by KPI are those of September."""
    council = Council(folder)
    council.define("steady", title="Steady & sure")
    council.define("stops", timing="snapshot", control_chart=False)
    council.define("counted", unit="count", denominator=None, better="neither")
    for edition in (JUNE, SEPTEMBER):
        rows = rows_up_to(edition)
        plan = council.plan([council.definition(kpi) for kpi in rows])
        with council.home.plan.open("a", encoding="utf-8") as file:
            file.write('\n[[ambition.kpi]]\nkpi = "audits_good"\n')
        council.publish(edition, rows, plan, missing={"audits_good": ("audits",)})
    amend(council, JUNE, sources=[source(rows=90), source("ssd_person", rows=40)], checks=[check(failures=1)])
    amend(
        council,
        SEPTEMBER,
        caveats,
        sources=[
            source(rows=100, rejected=3, file=f"{HOSTILE}.xml"),
            source(rows=20, file="second.xml", date="2026-08-31"),
            source(rows=7, lost=50, **ANNEX),
        ],
        checks=[
            check(check="late", severity="warning", failures=900, title=f"Late {HOSTILE}", table=None, column=None),
            check(failures=2),
            check(check="fine", failures=0),
            check(check="worse", failures=3, title="Ends before it starts"),
        ],
        wins={"ssd_assessments": ["cin_census", "annex_a"]},
    )
    return council


def source(table: str = "ssd_assessments", **cells: Any) -> dict[str, Any]:
    """A record of one file's rows of a table, of the census unless said otherwise."""
    given = {"file": "census.xml", "rows": 1, "sha256": "", "date": "2026-09-30", **CENSUS}
    return {"table": table, **given, **cells}


def check(**cells: Any) -> dict[str, Any]:
    """A record of a check: an error in the start of assessments unless said otherwise."""
    given = {"check": "order", "severity": "error", "failures": 1, "title": "Begins before its referral"}
    return {**given, "table": "ssd_assessments", "column": "start", **cells}


def amend(council: Council, day: date, caveats: Mapping[str, Sequence[str]] | None = None, **fields: Any) -> None:
    """Write fields of an edition's manifest, and the caveats of its KPIs, as a build would have."""
    file = council.home.editions / day.isoformat() / "manifest.json"
    manifest = json.loads(file.read_text(encoding="utf-8")) | fields
    for kpi, said in (caveats or {}).items():
        manifest["kpis"][kpi]["caveats"] = list(said)
    file.write_text(json.dumps(manifest), encoding="utf-8")
