"""A made-up council that is hard to draw: short, empty and ended series, KPIs never supplied, long hostile names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from small_council import AUTHORITY, SEPTEMBER, Council, monthly, toml

from improvement_board.declared.kpis import load_library
from improvement_board.declared.plan import Plan
from improvement_board.declared.plan_file import read_plan

LONG_WORD = "Rechtsschutzversicherungsgesellschaften" * 3
COUNCIL = 'Saint <b>Bartholomew</b> & "Holy" Trinity-upon-the-Water Metropolitan Borough'
LONG_TEAM = f"Multi-agency {LONG_WORD}"
MARKUP_TEAM = "<img src=x onerror=alert(1)> ![x](https://example.invalid/x.png)"
LONG_WORKER = "worker-" + "0123456789abcdef" * 4
TITLES = {
    "one_month": "Supplied for one month only",
    "zeros": "Nothing to divide by",
    "ended": "Figures that ended two years ago",
    "no_team": "Recorded without any team",
    "long_names": "A KPI with a very long name indeed that says all that it counts, children and families alike",
    "markup": "A <script>alert(1)</script> name & $x^2$",
}
NEVER = ("audits_good", "missing_episodes")  # of the library, as only those are known without an extract
AMBITION = "Children and young people are safe, heard and happy wherever they live, and stay"


def publish_awkward(folder: Path) -> Council:
    """The council with one edition."""
    council = Council(folder)
    for kpi, title in TITLES.items():
        council.define(kpi, title=title, category="Kind of plan" if kpi == "long_names" else None)
    plan = _plan(council)
    long = {"team": LONG_TEAM, "worker": LONG_WORKER, "category": LONG_WORD}
    rows = {
        "one_month": monthly([(1.0, 3.0)], team="North"),
        "zeros": monthly([(0.0, 0.0)] * 3, team="North"),
        "ended": monthly([(5.0, 10.0)] * 15, date(2024, 9, 30), team="North"),
        "no_team": monthly([(float(number), 20.0) for number in range(14)]),
        "long_names": [*monthly([(7.0, 10.0)] * 14, **long), *monthly([(1.0, 10.0)] * 14, team="South", worker="w2")],
        "markup": monthly([(2.0, 4.0)] * 14, team=MARKUP_TEAM, worker="<b>w</b>"),
    }
    council.publish(SEPTEMBER, rows, plan, missing={NEVER[0]: ("made_up_table",), NEVER[1]: ()})
    return council


def _plan(council: Council) -> Plan:
    """Three ambitions: one of each sort of KPI, one with none supplied, one with a single KPI of one month."""
    ambitions = {
        "awkward": (AMBITION, [*TITLES, NEVER[0]]),
        "empty": ("An ambition without figures", [*NEVER]),
        "single": ("An ambition of one month", ["one_month"]),
    }
    lines = ["[council]", f"name = {toml(COUNCIL)}", f"code = {toml(AUTHORITY)}", "synthetic = true"]
    for name, (title, kpis) in ambitions.items():
        lines += ["[[ambition]]", f"id = {toml(name)}", f"title = {toml(title)}", f"statement = {toml(LONG_WORD)}"]
        for kpi in kpis:
            lines += ["[[ambition.kpi]]", f"kpi = {toml(kpi)}"]
    council.home.folder.mkdir(parents=True, exist_ok=True)
    council.home.plan.write_text("\n".join(lines), encoding="utf-8")
    return read_plan(council.home.plan, {**load_library(), **{kpi: council.definition(kpi) for kpi in TITLES}})
