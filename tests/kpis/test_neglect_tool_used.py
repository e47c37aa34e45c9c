from datetime import date
from pathlib import Path
from typing import Any

import pytest
from holders import DAY, FEBRUARY, FIRST, JANUARY, LAST, MARCH, OLD, handed_over
from rows import Row, assessment, department
from twice import Result, twice

NEGLECT = '["1A", "16A"]'


def found_in(document: str | None, of: Row) -> Row:
    identifier = of["cina_assessment_id"]
    return {
        "cinf_table_id": identifier,
        "cinf_assessment_id": identifier,
        "cinf_assessment_factors_json": document,
    }


def tool(of: Row, day: date | None = DAY, name: str | None = "neglect") -> Row:
    return {"assessment_id": of["cina_assessment_id"], "tool": name, "used_date": day}


def figures(
    folder: Path, assessments: list[Row], tools: list[Row], document: str | None = NEGLECT, **more: Any
) -> Result:
    given = {
        "ssd_cin_assessments": assessments,
        "ssd_assessment_factors": [found_in(document, row) for row in assessments],
        "assessment_tools": tools,
        **more,
    }
    return twice("neglect_tool_used", folder, given, first_day=FIRST, last_day=LAST)


def test_used_by_the_editions_date_or_on_a_day_not_recorded(tmp_path: Path) -> None:
    assessments = [assessment("C1", OLD, DAY) for _ in range(5)]
    days = [DAY, MARCH, None, date(2026, 4, 1)]
    tools = [tool(row, day) for row, day in zip(assessments, days, strict=False)]
    assert figures(tmp_path, assessments, tools) == {(FEBRUARY, "T1", "W1", None): (3.0, 5.0)}


def test_another_tool_does_not_count(tmp_path: Path) -> None:
    this_assessment = assessment("C1", OLD, DAY)
    assert figures(tmp_path, [this_assessment], [tool(this_assessment, name=None)]) == {
        (FEBRUARY, "T1", "W1", None): (0.0, 1.0)
    }


@pytest.mark.parametrize(
    ("document", "is_neglect"),
    [('{"16A": "Yes"}', True), ('{"16A": "No"}', False), ('["3A"]', False), ("[]", False), (None, False)],
)
def test_only_assessments_that_found_neglect(tmp_path: Path, document: str | None, is_neglect: bool) -> None:
    this_assessment = assessment("C1", OLD, DAY)
    expected = {(FEBRUARY, "T1", "W1", None): (1.0, 1.0)}
    assert figures(tmp_path, [this_assessment], [tool(this_assessment)], document) == (expected if is_neglect else {})


def test_counted_in_the_month_of_authorisation(tmp_path: Path) -> None:
    days = [date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 1), date(2026, 3, 31), date(2026, 4, 1), None]
    kpi_figures = figures(tmp_path, [assessment("C1", OLD, day) for day in days], [])
    assert kpi_figures == {(end, "T1", "W1", None): (0.0, 1.0) for end in (JANUARY, FEBRUARY, MARCH)}


def test_rows_written_twice_count_once(tmp_path: Path) -> None:
    this_assessment = assessment("C1", OLD, DAY)
    factors = [found_in(NEGLECT, this_assessment), {**found_in(NEGLECT, this_assessment), "cinf_table_id": "again"}]
    kpi_figures = figures(
        tmp_path,
        [this_assessment, this_assessment],
        [tool(this_assessment), tool(this_assessment)],
        ssd_assessment_factors=factors,
    )
    assert kpi_figures == {(FEBRUARY, "T1", "W1", None): (1.0, 1.0)}


def test_own_team_and_worker_stand_before_the_allocated_ones(tmp_path: Path) -> None:
    nobody = {"cina_assessment_team": None, "cina_assessment_worker_id": None}
    assessments = [
        assessment("C1", OLD, DAY),
        assessment("C1", OLD, DAY, **nobody),
        assessment("C3", OLD, DAY, **nobody),
    ]
    tables = handed_over()
    tables["ssd_department"].append(department("T1", "North"))
    assert figures(tmp_path, assessments, [tool(assessments[1])], **tables) == {
        (FEBRUARY, "North", "W1", None): (0.0, 1.0),
        (FEBRUARY, "South", "W2", None): (1.0, 1.0),
        (FEBRUARY, None, None, None): (0.0, 1.0),
    }


def test_no_assessments_give_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path, [], []) == {}
