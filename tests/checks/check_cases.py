"""For every check of single rows: rows that pass it, to the very day, and the numbers of those that do not."""

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

CASES = (
    Case(
        "empty_key",
        "ssd_contacts",
        "cont_contact_id",
        [contact("1", JUNE), {"cont_contact_date": JUNE}, contact(" ", JUNE)],
        [2, 3],
    ),
    Case("empty_key", "attendance", "period_end", [absence("P1"), absence("P2", period_end=None)], [2]),
    Case("empty_date", "ssd_contacts", "cont_contact_date", [contact("1", JUNE), contact("2", None)], [2]),
    Case(
        "repeated_key",
        "ssd_contacts",
        "cont_contact_id",
        [contact("1", JUNE), contact("2", JUNE), contact("1", JUNE), contact("1", JUNE)],
        [3, 4],
    ),
    Case(
        "repeated_key",
        "attendance",
        "person_id",
        [absence("P1"), absence("P1", period_end=date(2026, 8, 31)), absence("P2"), absence("P1")],
        [4],
    ),
    Case("repeated_key", "ssd_contacts", "cont_contact_id", [contact("1", None), contact("1", JUNE)], []),
    Case(
        "unknown_code",
        "ssd_cp_plans",
        "cppl_cp_plan_ola",
        [
            plan(str(place), JUNE, None, cppl_cp_plan_ola=code)
            for place, code in enumerate(["Y", "N", None, "", "Yes", "y"])
        ],
        [5, 6],
    ),
    Case(
        "unknown_code",
        "ssd_cp_plans",
        "cppl_cp_plan_latest_category",
        [
            plan(str(place), JUNE, None, cppl_cp_plan_latest_category=code)
            for place, code in enumerate(["Neglect", "neglect", "Multiple: Neglect, Emotional abuse", "Bullying"])
        ],
        [4],
    ),
    Case(
        "unknown_code",
        "training",
        "outcome",
        [{"training_id": "1", "outcome": "attended"}, {"training_id": "2", "outcome": "Attended"}],
        [2],
    ),
    Case(
        "unknown_code",
        "workforce",
        "agency_flag",
        [{"professional_id": "1", "agency_flag": "N"}, {"professional_id": "2", "agency_flag": "No"}],
        [2],
    ),
    Case(
        "unknown_factor",
        "ssd_assessment_factors",
        "cinf_assessment_factors_json",
        [
            factor(1, '["1A", "24A", "20"]'),
            factor(2, '{"3A": "Yes", "10A": "No"}'),
            factor(3, "[]"),
            factor(4, None),
            factor(5, "3A, 10A"),
            factor(6, '["Neglect"]'),
            factor(7, "3"),
            factor(8, '["3A", null]'),
            factor(9, '[["3A"]]'),
        ],
        [5, 6, 7, 8, 9],
    ),
    Case(
        "orphan",
        "ssd_contacts",
        "cont_person_id",
        [contact("1", JUNE), contact("2", JUNE, "P9"), {"cont_contact_id": "3"}],
        [2],
        {"ssd_person": CHILDREN},
    ),
    Case(
        "orphan",
        "ssd_cp_visits",
        "cppv_cp_plan_id",
        [visit("1", JUNE), visit("2", JUNE, plan_id="C9")],
        [2],
        {"ssd_cp_plans": [plan("C1", JUNE, None)]},
    ),
    Case(
        "unknown_team",
        "ssd_cin_episodes",
        "cine_referral_team",
        [
            referral("1", cine_referral_team="T1"),
            referral("2", cine_referral_team="South"),
            referral("3", cine_referral_team="T3"),
            referral("4"),
        ],
        [3],
        {"ssd_department": TEAMS},
    ),
    Case(
        "team_left",
        "ssd_cin_episodes",
        "cine_referral_team",
        [
            referral("1", cine_referral_team="T2", cine_referral_date=date(2026, 6, 30)),
            referral("2", cine_referral_team="T2", cine_referral_date=date(2026, 7, 1)),
            referral("3", cine_referral_team="South", cine_referral_date=date(2026, 7, 1)),
            referral("4", cine_referral_team="T1", cine_referral_date=date(2026, 9, 30)),
            referral("5", cine_referral_date=date(2026, 9, 30)),
        ],
        [2, 3],
        {"ssd_department": TEAMS, "workforce": WORKERS},
    ),
    Case(
        "ends_before_start",
        "ssd_cp_plans",
        "cppl_cp_plan_end_date",
        [plan("1", JUNE, JUNE), plan("2", JUNE, None), plan("3", JUNE, JUNE - DAY), plan("4", None, JUNE)],
        [3],
    ),
    Case(
        "ends_before_start",
        "ssd_missing",
        "miss_missing_episode_end_date",
        [
            {
                "miss_table_id": str(place),
                "miss_missing_episode_start_date": EVENING,
                "miss_missing_episode_end_date": end,
            }
            for place, end in enumerate([EVENING, A_MINUTE_EARLIER])
        ],
        [2],
    ),
    Case(
        "date_in_future",
        "ssd_contacts",
        "cont_contact_date",
        [contact("1", YEAR_ON), contact("2", YEAR_ON + DAY), contact("3", None)],
        [2],
    ),
    Case(
        "end_in_future",
        "ssd_cp_plans",
        "cppl_cp_plan_end_date",
        [plan("1", JUNE, YEAR_ON), plan("2", JUNE, date(9999, 12, 31))],
        [2],
    ),
    Case(
        "date_long_past",
        "ssd_contacts",
        "cont_contact_date",
        [contact("1", date(1970, 1, 1)), contact("2", date(1969, 12, 31)), contact("3", date(26, 6, 1))],
        [2, 3],
    ),
    Case(
        "not_month_end",
        "attendance",
        "period_end",
        [absence("P1"), absence("P2", period_end=date(2026, 9, 29)), absence("P3", period_end=date(2024, 2, 29))],
        [2],
    ),
    Case(
        "out_of_range",
        "workforce",
        "fte",
        [
            {"professional_id": str(place), "period_end": EDITION, "fte": fte}
            for place, fte in enumerate([0.0, 1.5, -0.1, 37.0, None, float("nan")])
        ],
        [3, 4, 6],
    ),
    Case(
        "more_missed_than_possible",
        "attendance",
        "sessions_unauthorised",
        [
            absence("P1", sessions_authorised=10, sessions_unauthorised=10),
            absence("P2", sessions_authorised=10, sessions_unauthorised=11),
            absence("P3", sessions_unauthorised=21),
            absence("P4", sessions_authorised=21),
            absence("P5"),
        ],
        [2, 3, 4],
    ),
    Case(
        "order_of_dates",
        "ssd_cin_assessments",
        "cina_assessment_start_date",
        [
            {"cina_assessment_id": str(place), "cina_referral_id": link, "cina_assessment_start_date": day}
            for place, (link, day) in enumerate(
                [("1", JUNE), ("1", JUNE - DAY), ("2", JUNE - DAY), ("1", None), (None, JUNE)]
            )
        ],
        [2],
        {"ssd_cin_episodes": [referral("1"), referral("2", cine_referral_date=None)]},
    ),
    Case(
        "order_of_dates",
        "ssd_initial_cp_conference",
        "icpc_icpc_date",
        [
            {"icpc_icpc_id": str(place), "icpc_s47_enquiry_id": "S1", "icpc_icpc_date": day}
            for place, day in enumerate([JUNE, JUNE - DAY, None])
        ],
        [2],
        {"ssd_s47_enquiry": [{"s47e_s47_enquiry_id": "S1", "s47e_s47_start_date": JUNE}]},
    ),
    Case(
        "order_of_dates",
        "ssd_cp_visits",
        "cppv_cp_visit_date",
        [visit("1", JUNE), visit("2", JUNE - DAY)],
        [2],
        {"ssd_cp_plans": [plan("C1", JUNE, None)]},
    ),
    Case(
        "overlap",
        "ssd_cp_plans",
        "cppl_cp_plan_start_date",
        [
            plan("1", date(2026, 1, 1), date(2026, 3, 1)),
            plan("2", date(2026, 3, 1), None),
            plan("3", date(2026, 4, 1), None),
            plan("4", date(2026, 4, 1), date(2026, 5, 1), cppl_cp_plan_ola="Y"),
            plan("5", date(2026, 2, 1), None, cppl_person_id="P2"),
            plan("6", date(2026, 5, 1), date(2026, 5, 1)),
            plan("7", date(2025, 1, 1), None, cppl_person_id=None),
        ],
        [3],
    ),
    Case(
        "before_birth",
        "ssd_contacts",
        "cont_contact_date",
        [
            contact("1", BORN - 300 * DAY),
            contact("2", BORN - 301 * DAY),
            contact("3", date(2000, 1, 1), "P2"),
            contact("4", date(2000, 1, 1), "P3"),
        ],
        [2],
        {"ssd_person": CHILDREN},
    ),
    Case(
        "before_birth",
        "ssd_cla_health",
        "clah_health_check_date",
        [
            {"clah_health_check_id": str(place), "clah_person_id": "P1", "clah_health_check_date": day}
            for place, day in enumerate([BORN, BORN - DAY])
        ],
        [2],
        {"ssd_person": CHILDREN},
    ),
    Case(
        "after_death",
        "ssd_cp_visits",
        "cppv_cp_visit_date",
        [visit("1", DIED), visit("2", DIED + DAY), visit("3", DIED + DAY, "P2")],
        [2],
        {"ssd_person": CHILDREN},
    ),
    Case(
        "born_later",
        "ssd_person",
        "pers_dob",
        [
            {"pers_person_id": "P1", "pers_dob": EDITION},
            {"pers_person_id": "P2", "pers_dob": EDITION + DAY},
            {"pers_person_id": "P3"},
        ],
        [2],
    ),
    Case(
        "care_after_18",
        "ssd_cla_episodes",
        "clae_cla_episode_ceased_date",
        [
            {"clae_cla_episode_id": "1", "clae_person_id": "OLD"},
            {"clae_cla_episode_id": "2", "clae_person_id": "JUST"},
            {"clae_cla_episode_id": "3", "clae_person_id": "OLD", "clae_cla_episode_ceased_date": JUNE},
            {"clae_cla_episode_id": "4", "clae_person_id": "NONE"},
        ],
        [1],
        {
            "ssd_person": [
                {"pers_person_id": "OLD", "pers_dob": date(2008, 8, 29)},
                {"pers_person_id": "JUST", "pers_dob": date(2008, 8, 30)},
                {"pers_person_id": "NONE"},
            ]
        },
    ),
)
OF_WHOLE_TABLES = frozenset({"many_rows_kept_out", "volume_fell", "late"})
