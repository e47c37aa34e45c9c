"""Random record-level tables that break every habit of a real one: overlaps, gaps, duplicates, nothing recorded.

Where the demonstration council is plausible, these rows are not: they find what a query and its recomputation take
differently.
"""

from __future__ import annotations

import csv
import random
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from improvement_board.building.records import Records, SourceFolder, open_records
from improvement_board.declared.tables import Column, Table, declared_tables

AUTHORITY = "E08999901"
FIRST_DAY = date(2021, 1, 1)
LAST_DAY = date(2022, 12, 31)
ROWS = 160
PEOPLE = tuple(f"P{number:02}" for number in range(30))
WORKERS = tuple(f"W{number}" for number in range(14))
TEAMS = ("T1", "T2", "T3", "Team without an id")
POOLS: Mapping[str, Sequence[str | float | date | None]] = {
    "invo_professional_role_id": ("Allocated Case Worker", "Allocated Case Worker", "Family Worker", None),
    "cont_contact_source_code": ("1A", "2A", "2B", "3F", "4", "5D", "6", "7", "8", "9", "10", "1a", "11", "ZZ", None),
    "cine_referral_source_code": ("1C", "2A", "2B", "3A", "4", "5B", "6", "7", "8", "9", "10", None),
    "cinf_assessment_factors_json": (
        '["1A", "3A"]', '["3B"]', '["21"]', "[]", '["16A", "3D"]', '{"3A": "Yes", "21": "No"}', '{"3A": "No"}',
        '{"3C": "No", "24A": "Yes"}', '{"16A": "Yes", "11A": "Yes"}', '["16A", "24A"]', "not JSON", None,
    ),
    "clea_care_leaver_eligibility": ("Relevant", "Former Relevant", "Qualifying", None),
    "clea_care_leaver_in_touch": ("YES", "NO", "DIED", "REFU", "NREQ", "RHOM", None),
    "lega_legal_status": ("C1", "C2", "V2", "V3", "V4", None),
    "cppl_cp_plan_latest_category": ("Neglect", "Emotional abuse", "Multiple: Neglect, Physical abuse", None),
    "clap_cla_placement_change_reason": ("PLACE", "CREQB", "CHILD", None),
    "clap_cla_placement_type": ("U1", "U6", "A3", "A4", "A5", "A6", "K2", "P1", "T0", "T3", None),
    "miss_missing_episode_type": ("Missing", "Away", None),
    "miss_missing_rhi_offered": ("Y", "N", "NA", None),
    "miss_missing_rhi_accepted": ("Y", "N", "NA", None),
    "missing_id": tuple(f"table_id-{number:03}" for number in range(ROWS)),
    "clea_care_leaver_accommodation": ("B", "D", "U", "U", "G", "H", "R", "S", None),
    "clea_care_leaver_accom_suitable": ("1", "1", "2", None),
    "clea_care_leaver_activity": ("F1", "F5", "P4", "G4", "G6", None),
    "clah_health_check_type": ("Health Assessment", "Health Assessment", "Dental Check", None),
    "clah_health_check_status": ("Completed", "Completed", "Completed", "Refused", None),
    "lacp_cla_care_plan_json": (
        '{"LTRELFR": "Y", "ADOPTION": "N"}', '{"RETURN6M": "Y", "LTFOST18": ""}', '{"RESPLMT": "Yes"}', '["SUPPLIV"]',
        '{"RETURNEV": "9", "ADOPTION": "1"}', '{"ADOPTION": null}', '["RETURN1M"]', "{}", "not JSON", None,
    ),
    "organisation": ("Council", "Hill School", "Vale School", "Health Visitors", "Family Trust"),
    "earl_episode_organisation": ("Council", "Hill School", "Vale School", "Family Trust", "Not in the list", None),
    "fte": (0.4, 0.5, 0.6, 0.8, 1.0, 1.0, 1.0, 0.0, None),
    "vacant_fte": (0.0, 0.5, 1.0, 2.6, None),
    "pers_dob": tuple(
        date(year, month, day)
        for year in (*range(2000, 2005), *range(1999, 2018))
        for month, day in ((2, 28), (8, 31), (9, 1))
    ),
    "sessions_possible": (0, 20, 38, 40, 41, None),
    "sessions_authorised": (0, 0, 1, 2, 4, 25),
    "sessions_unauthorised": (0, 0, 1, 2, 20, None),
}  # fmt: skip
FLAGS = ("Y", "Y", "N", None)
MONTH_ENDS = ("period_end", "as_at", "term_end_date")
UNDATED = ("cppr_cp_review_due",)  # some councils record when a review was held, and not when it was due
GAPS = (0, 1, 9, 30, 60, 90, 200, -2)


def random_tables(seed: int) -> dict[str, list[dict[str, Any]]]:
    """Every declared table by name, with rows of a random council (dates as dates)."""
    tables = {name: _rows(random.Random(f"{seed} {name}"), table) for name, table in declared_tables().items()}
    tables["ssd_department"] = [
        {"dept_team_id": team, "dept_team_name": name, "dept_team_parent_name": "Safeguarding"}
        for team, name in (("T1", "North"), ("T2", "South"), ("T3", "South"))
    ]
    _step_down(random.Random(f"{seed} step down"), tables)
    return tables


def open_random(seed: int, folder: Path) -> tuple[dict[str, list[dict[str, Any]]], Records]:
    """The tables of a random council, and the same opened as records."""
    tables = random_tables(seed)
    files = {}
    for name, rows in tables.items():
        files[name] = folder / f"{name}.csv"
        with files[name].open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, [column.name for column in declared_tables()[name].columns])
            writer.writeheader()
            writer.writerows(rows)
    source = SourceFolder(folder, files, LAST_DAY, FIRST_DAY)
    return tables, open_records(source, AUTHORITY, LAST_DAY)


def _step_down(chance: random.Random, tables: Mapping[str, Sequence[dict[str, Any]]]) -> None:
    """Let in-need plans start about when protection plans end; chance alone would hardly make any."""
    ended = [row for row in tables["ssd_cp_plans"] if row["cppl_cp_plan_end_date"] and row["cppl_person_id"]]
    for protection, in_need in zip(ended, tables["ssd_cin_plans"], strict=False):
        start = protection["cppl_cp_plan_end_date"] + timedelta(days=chance.choice((-8, -7, -1, 0, 5, 10, 11)))
        end = start + timedelta(days=chance.randint(20, 120))
        in_need["cinp_person_id"] = protection["cppl_person_id"]
        in_need["cinp_cin_plan_start_date"] = start
        in_need["cinp_cin_plan_end_date"] = chance.choice((None, end))


def _rows(chance: random.Random, table: Table) -> list[dict[str, Any]]:
    rows_by_key: dict[tuple[Any, ...], dict[str, Any]] = {}
    is_monthly = any(name in MONTH_ENDS for name in table.key)
    for number in range(ROWS * 4 if is_monthly else ROWS):
        row = _row(chance, table, number)
        rows_by_key.setdefault(tuple(row[name] for name in table.key), row)
    rows = list(rows_by_key.values())
    return rows + chance.sample(rows, len(rows) // 20)


def _row(chance: random.Random, table: Table, number: int) -> dict[str, Any]:
    row: dict[str, Any] = {}
    moment = FIRST_DAY + timedelta(days=chance.randint(-500, (LAST_DAY - FIRST_DAY).days + 20))
    for column in table.columns:
        is_needed = column.name in table.key or (column.name == table.dated_by and column.name not in UNDATED)
        if column.type in ("date", "time") and column.name not in POOLS:
            day = moment if is_needed else moment + timedelta(days=chance.choice(GAPS))
            day -= timedelta(days=chance.randint(0, 90)) if column.name == "start_date" else timedelta()
            day = day.replace(day=monthrange(day.year, day.month)[1]) if column.name in MONTH_ENDS else day
            value: Any = datetime.combine(day, time(chance.randint(0, 23), 30)) if column.type == "time" else day
            moment = max(moment, day)
        else:
            value = _value(chance, column, number if (column.name,) == table.key else None)
        recorded = 0.4 if "end" in column.name else 0.85
        row[column.name] = value if is_needed or chance.random() < recorded else None
    return row


def _value(chance: random.Random, column: Column, number: int | None) -> Any:
    name = column.name
    if name in POOLS:
        return chance.choice(POOLS[name])
    if column.allowed:
        return chance.choice(column.allowed)
    if "person_id" in name:
        return chance.choice(PEOPLE)
    if name.endswith(("worker_id", "professional_id")):
        return chance.choice(WORKERS)
    if name.endswith("_id"):
        kind = "_".join(name.split("_")[-2:])
        return f"{kind}-{chance.randint(0, ROWS - 1) if number is None else number:03}"
    if "team" in name:
        return chance.choice(TEAMS)
    if column.type in ("number", "integer"):
        return chance.randint(0, 30)
    return chance.choice(FLAGS)
