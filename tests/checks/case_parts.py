"""What cases of checks are made of: rows of a few tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from check_rows import EDITION, Row

DAY = timedelta(days=1)
JUNE = date(2026, 6, 15)
EVENING, A_MINUTE_EARLIER = (datetime.fromisoformat(f"2026-06-01 {clock}") for clock in ("22:00", "21:59"))


@dataclass(frozen=True)
class Case:
    """Rows of the table that a check looks at, which of them (from 1) fail it, and the other tables it needs."""

    check: str
    table: str
    column: str | None
    rows: Sequence[Row]
    bad: Sequence[int]
    others: Mapping[str, Sequence[Row]] = field(default_factory=dict)


def referral(number: str, **cells: object) -> Row:
    return {"cine_referral_id": number, "cine_person_id": f"P{number}", "cine_referral_date": JUNE, **cells}


def plan(number: str, start: object, end: object, **cells: object) -> Row:
    dates = {"cppl_cp_plan_start_date": start, "cppl_cp_plan_end_date": end}
    return {"cppl_cp_plan_id": number, "cppl_person_id": "P1", **dates, **cells}


def contact(number: str, day: date | None, person: str = "P1") -> Row:
    return {"cont_contact_id": number, "cont_contact_date": day, "cont_person_id": person}


def visit(number: str, day: date, person: str = "P1", plan_id: str = "C1") -> Row:
    return {
        "cppv_cp_visit_id": number,
        "cppv_cp_visit_date": day,
        "cppv_person_id": person,
        "cppv_cp_plan_id": plan_id,
    }


def absence(person: str, **cells: object) -> Row:
    return {"person_id": person, "period_end": EDITION, "sessions_possible": 20, **cells}


def factor(number: int, text: str | None) -> Row:
    return {"cinf_table_id": f"F{number}", "cinf_assessment_id": f"A{number}", "cinf_assessment_factors_json": text}


TEAMS = [{"dept_team_id": "T1", "dept_team_name": "North"}, {"dept_team_id": "T2", "dept_team_name": "South"}]
WORKERS = [
    {"professional_id": "W1", "period_end": date(2026, 9, 30), "team": "T1"},
    {"professional_id": "W2", "period_end": date(2026, 6, 30), "team": "South"},
]
BORN = date(2010, 5, 1)
DIED = date(2026, 6, 1)
CHILDREN = [{"pers_person_id": "P1", "pers_dob": BORN, "pers_death_date": DIED}, {"pers_person_id": "P2"}]
YEAR_ON = EDITION + timedelta(days=366)
