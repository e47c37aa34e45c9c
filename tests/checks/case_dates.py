"""The cases of checks of days and numbers: one after another, not too far off, not too many."""

from __future__ import annotations

from datetime import date

from case_parts import (
    A_MINUTE_EARLIER,
    BORN,
    CHILDREN,
    DAY,
    DIED,
    EDITION,
    EVENING,
    JUNE,
    YEAR_ON,
    Case,
    absence,
    contact,
    plan,
    referral,
    visit,
)

CASES_OF_DATES = (
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
                "miss_table_id": str(number),
                "miss_missing_episode_start_date": EVENING,
                "miss_missing_episode_end_date": end,
            }
            for number, end in enumerate([EVENING, A_MINUTE_EARLIER])
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
            {"professional_id": str(number), "period_end": EDITION, "fte": fte}
            for number, fte in enumerate([0.0, 1.5, -0.1, 37.0, None, float("nan")])
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
            {"cina_assessment_id": str(number), "cina_referral_id": link, "cina_assessment_start_date": day}
            for number, (link, day) in enumerate(
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
            {"icpc_icpc_id": str(number), "icpc_s47_enquiry_id": "S1", "icpc_icpc_date": day}
            for number, day in enumerate([JUNE, JUNE - DAY, None])
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
            {"clah_health_check_id": str(number), "clah_person_id": "P1", "clah_health_check_date": day}
            for number, day in enumerate([BORN, BORN - DAY])
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
