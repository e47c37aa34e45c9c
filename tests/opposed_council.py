"""Two made-up councils of two editions, in which a team and the service say opposite things, and of which every kind of
change can be told."""

from __future__ import annotations

from datetime import date

from small_council import JUNE, SEPTEMBER, Council, monthly, row


def publish_opposed(folder: Council) -> Council:
    """Each team goes the other way than the service: with a team chosen, and in June, all sentences are others."""
    north = [(90, 100), (91, 100)] * 18 + [(95, 100), (96, 100), (97, 100)]
    south = [(600, 900), (610, 900)] * 18 + [(420, 900), (300, 900), (310, 900)]
    opposed = {"seen": (north, south), "visited": (south, north), "reviewed": (north, north[::-1])}
    targets = [{"from": date(2020, 1, 1), "value": 65.0}]
    entries = {kpi: {"targets": targets, "lead": kpi != "reviewed"} for kpi in [*opposed, "asked"]}
    for kpi in opposed:
        folder.define(kpi)
    folder.define("asked", category="Where")
    for edition in (JUNE, SEPTEMBER):
        months = 36 if edition == JUNE else 39
        rows = {
            kpi: [
                *monthly(of_north[:months], edition, team="North"),
                *monthly(of_south[:months], edition, team="South"),
            ]
            for kpi, (of_north, of_south) in opposed.items()
        }
        last_months = [600, 600, 600] if edition == JUNE else [600, 600, 700, 660, 670, 660]
        rows["asked"] = monthly([(700, 1000)] * 33 + [(share, 1000) for share in last_months], edition)
        folder.publish(edition, rows, folder.plan([folder.definition(kpi) for kpi in rows], entries=entries))
    return folder


def publish_restated(folder: Council) -> Council:
    """Figures restated, an indicator that is gone, one that is new, counts without a better direction."""
    count = {"unit": "count", "denominator": None, "better": "neither"}
    folder.define("missing", **count)
    folder.define("yearly", better="lower")
    before = {
        "missing": monthly([200, 210, 195, 205] * 9, JUNE, team="North"),
        "seen": monthly([(500, 1000)] * 36, JUNE, team="North"),
        "re_referrals": monthly([(500, 1000)] * 20, JUNE, team="South"),
    }
    now = {
        "missing": monthly([200, 210, 195, 205] * 9 + [390, 400, 420], team="North"),
        "seen": monthly([(500, 1000)] * 26 + [(700, 1000)] + [(500, 1000)] * 12, team="North"),
        "new": monthly([(5, 1000)] * 20, team="South"),
        "yearly": [row(date(year, 3, 31), None, period="year", value=10.0 + year % 5) for year in (2024, 2025, 2026)],
    }
    for edition, rows in ((JUNE, before), (SEPTEMBER, now)):
        plan_of_all = folder.plan([folder.definition(kpi) for kpi in {**before, **rows}])
        missing = {kpi: ("ssd_person",) for kpi in before if kpi not in rows}
        folder.publish(edition, rows, plan_of_all, missing=missing)
    return folder
