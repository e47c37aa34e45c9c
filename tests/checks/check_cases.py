"""For every check of single rows: rows that pass it, to the very day, and the numbers of those that do not."""

from __future__ import annotations

from datetime import date

from case_dates import CASES_OF_DATES
from case_parts import CHILDREN, JUNE, TEAMS, WORKERS, Case, absence, contact, factor, plan, referral, visit

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
            plan(str(number), JUNE, None, cppl_cp_plan_ola=code)
            for number, code in enumerate(["Y", "N", None, "", "Yes", "y"])
        ],
        [5, 6],
    ),
    Case(
        "unknown_code",
        "ssd_cp_plans",
        "cppl_cp_plan_latest_category",
        [
            plan(str(number), JUNE, None, cppl_cp_plan_latest_category=code)
            for number, code in enumerate(["Neglect", "neglect", "Multiple: Neglect, Emotional abuse", "Bullying"])
        ],
        [2, 4],  # small letters are the list's own word once they are read
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
    *CASES_OF_DATES,
)
OF_WHOLE_TABLES = frozenset({"many_rows_kept_out", "volume_fell", "late", "stopped"})
