"""No figure is of a month that a source of its KPI does not cover, whatever its query asks; a count is 0 elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import pytest
from record_tables import AUTHORITY
from rows import Row, assessment, care_episode
from twice import twice

from improvement_board.building.records import Records, SourceFolder, open_records
from improvement_board.declared.kpis import Definition, load_library, parse_definition
from improvement_board.declared.ripening import Ripening
from improvement_board.sources.windows import CoveredDays

FIRST, LAST = date(2025, 11, 1), date(2026, 3, 31)
NOVEMBER, JANUARY, FEBRUARY, MARCH = date(2025, 11, 30), date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)
OLD = date(2025, 3, 1)
AFTER = """/*---
title = "Of the council's own"
question = "Is it so?"
unit = "count"
better = "lower"
timing = "flow"
counts = "events"
numerator = "Sessions"
category = "Kind"
definition = "Asks no table from when on it is complete."
sources = ["supervision", "training"]
---*/
select authority, period_end, null as team, null as worker, 'all' as category, 5 as numerator, null as denominator
from months
"""


def breakdown(end: date) -> Row:
    return {
        "clap_cla_placement_id": f"P{end}",
        "clap_person_id": "C1",
        "clap_cla_placement_start_date": OLD,
        "clap_cla_placement_end_date": end,
        "clap_cla_placement_change_reason": "CREQB",
    }


def missing(end: date) -> Row:
    return {
        "miss_table_id": f"M{end}",
        "miss_person_id": "C1",
        "miss_missing_episode_start_date": datetime(2025, 10, 1),  # noqa: DTZ001
        "miss_missing_episode_end_date": datetime(end.year, end.month, 2),  # noqa: DTZ001
        "miss_missing_rhi_accepted": "Y",
    }


def tables_of(kpi: str) -> dict[str, list[Row]]:
    """Children from November on, and the local table that the KPI asks from February on."""
    ends = (NOVEMBER, date(2025, 12, 31), JANUARY, FEBRUARY, MARCH)
    later = date(2026, 2, 20)
    assessed = [assessment(f"C{end}", OLD, end) for end in ends]
    factors = [
        {"cinf_table_id": row["cina_assessment_id"], "cinf_assessment_id": row["cina_assessment_id"],
         "cinf_assessment_factors_json": '["16A"]'}
        for row in assessed
    ]  # fmt: skip
    return {
        "life_story_work": {
            "ssd_cla_episodes": [care_episode("C1", OLD)],
            "ssd_cla_care_plan": [
                {"lacp_table_id": "L1", "lacp_person_id": "C1", "lacp_cla_care_plan_start_date": OLD,
                 "lacp_cla_care_plan_json": '["ADOPTION"]'}
            ],
            "life_story": [{"person_id": "C2", "start_date": later}],
        },
        "neglect_tool_used": {
            "ssd_cin_assessments": assessed,
            "ssd_assessment_factors": factors,
            "assessment_tools": [{"assessment_id": "other", "tool": "neglect", "used_date": later}],
        },
        "return_interviews_72h": {
            "ssd_missing": [missing(end) for end in ends],
            "return_interviews": [
                {"missing_id": "other", "return_time": datetime(2026, 2, 20), "interview_time": None}  # noqa: DTZ001
            ],
        },
        "stability_meetings": {
            "ssd_cla_placement": [breakdown(end) for end in ends],
            "stability_meetings": [{"placement_id": "other", "meeting_date": later}],
        },
        "child_took_part_in_review": {
            "cin_reviews": [
                {"review_id": f"V{day}", "person_id": "C1", "due_date": max(day, later), "review_date": day}
                for day in ends
            ],
        },
    }[kpi]  # fmt: skip


@pytest.mark.parametrize(
    "kpi",
    [
        "life_story_work",
        "neglect_tool_used",
        "return_interviews_72h",
        "stability_meetings",
        "child_took_part_in_review",
    ],
)
def test_no_figure_is_of_a_month_before_a_local_table_begins(tmp_path: Path, kpi: str) -> None:
    kpi_figures = twice(kpi, tmp_path, tables_of(kpi), first_day=FIRST, last_day=LAST)
    assert {key[0] for key in kpi_figures} == ({FEBRUARY} if load_library()[kpi].ripens_after else {FEBRUARY, MARCH})


def opened(
    folder: Path,
    files: Mapping[str, str],
    windows: Mapping[str, CoveredDays] | None = None,
    first_day: date | None = FIRST,
) -> Records:
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    there = {name: folder / f"{name}.csv" for name in files}
    return open_records(SourceFolder(folder, there, None, first_day, windows or {}), AUTHORITY, LAST)


SUPERVISION = "supervision_id,professional_id,supervision_date\n1,w,2025-11-05\n"
TRAINING = "training_id,professional_id,course_date\n1,w,2026-02-10\n"


@pytest.fixture
def own() -> Definition:
    """An indicator of the council's own whose query gives every month a figure."""
    return parse_definition(AFTER, Path("own_sessions.sql"))


def months(records: Records, definition: Definition) -> list[date]:
    return sorted(row[1] for row in records.compute(definition).fetchall())


def test_the_councils_own_indicator_is_bounded_by_each_of_its_sources(tmp_path: Path, own: Definition) -> None:
    records = opened(tmp_path, {"supervision": SUPERVISION, "training": TRAINING})
    assert months(records, own) == [FEBRUARY, MARCH]


@pytest.mark.parametrize(
    ("window", "ends"),
    [
        (CoveredDays(date(2026, 1, 1), MARCH), [JANUARY, FEBRUARY, MARCH]),
        (CoveredDays(date(2026, 1, 2), date(2026, 3, 30)), [FEBRUARY]),
        (CoveredDays(None, FEBRUARY), [FEBRUARY]),
        (CoveredDays(MARCH, MARCH), []),
    ],
)
def test_what_a_source_says_of_its_days_bounds_both_ends(
    tmp_path: Path, own: Definition, window: CoveredDays, ends: list[date]
) -> None:
    """In whole months; where it does not say, the first row does."""
    records = opened(tmp_path, {"supervision": SUPERVISION, "training": TRAINING}, {"training": window})
    assert months(records, own) == ends


@pytest.mark.parametrize(
    ("days", "known", "last"),
    [
        (0, MARCH, MARCH),
        (1, MARCH, FEBRUARY),
        (31, MARCH, FEBRUARY),
        (32, MARCH, JANUARY),
        (10, date(2026, 3, 10), FEBRUARY),
        (10, date(2026, 3, 9), JANUARY),
        (500, MARCH, None),
    ],
)
def test_a_month_is_given_when_its_last_days_duties_are_over_by_the_day_that_each_source_goes_to(
    tmp_path: Path, own: Definition, days: int, known: date, last: date | None
) -> None:
    ripening = Ripening(duty="courses", days=days)
    windows = {"training": CoveredDays(date(2025, 11, 1), known)}
    records = opened(tmp_path, {"supervision": SUPERVISION, "training": TRAINING}, windows)
    assert months(records, own.model_copy(update={"ripens_after": ripening}))[-1:] == ([last] if last else [])


def test_a_table_without_a_row_covers_no_month_unless_the_source_says_so(tmp_path: Path, own: Definition) -> None:
    empty = {"supervision": SUPERVISION, "training": TRAINING.splitlines()[0] + "\n"}
    assert months(opened(tmp_path, empty, first_day=None), own) == []
    assert len(months(opened(tmp_path, empty), own)) == 5
    said = {"training": CoveredDays(date(2026, 2, 1), MARCH)}
    assert months(opened(tmp_path, empty, said, first_day=None), own) == [FEBRUARY, MARCH]


def test_a_count_is_0_in_each_month_after_its_first_up_to_the_last_that_its_sources_cover(tmp_path: Path) -> None:
    """Of each category it has; what lies before its first is left to its query."""
    text = "miss_table_id,miss_person_id,miss_missing_episode_start_date,miss_missing_episode_type\n"
    text += "1,p,2025-11-05,Away\n2,p,2025-12-03,Missing\n3,q,2025-12-09,Missing\n4,p,2026-02-03,Missing\n"
    care = "clae_cla_episode_id,clae_person_id,clae_cla_episode_start_date\n1,q,2025-11-01\n"
    last = CoveredDays(None, date(2026, 3, 30))
    opened_tables = opened(tmp_path, {"ssd_missing": text, "ssd_cla_episodes": care}, {"ssd_cla_episodes": last})
    rows = opened_tables.compute(load_library()["missing_episodes"]).project("period_end, category, numerator")
    assert sorted(rows.fetchall()) == [
        (date(2025, 12, 31), "from care", 1.0),
        (date(2025, 12, 31), "from home", 1.0),
        (JANUARY, "from care", 0.0),
        (JANUARY, "from home", 0.0),
        (FEBRUARY, "from care", 0.0),
        (FEBRUARY, "from home", 1.0),
    ]
