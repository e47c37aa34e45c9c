from datetime import date
from pathlib import Path

import pytest
from leaver_rows import FEBRUARY, MARCH, figures, leaver

KPI = "pathway_plans_on_time"


@pytest.mark.parametrize(
    ("day", "is_on_time"),
    [
        (date(2025, 9, 30), 0.0),
        (date(2025, 10, 1), 1.0),
        (MARCH, 1.0),
        (date(2026, 4, 1), 0.0),
        (None, 0.0),
    ],
)
def test_started_or_reviewed_in_the_last_6_months(tmp_path: Path, day: date | None, is_on_time: float) -> None:
    kpi_figures = figures(KPI, tmp_path, [leaver(clea_pathway_plan_review_date=day)])
    assert kpi_figures == {(MARCH, "T1", "W1", "19–21"): (is_on_time, 1.0)}


@pytest.mark.parametrize(("day", "is_on_time"), [(date(2025, 8, 28), 0.0), (date(2025, 8, 29), 1.0)])
def test_six_months_are_by_the_calendar(tmp_path: Path, day: date, is_on_time: float) -> None:
    kpi_figures = figures(KPI, tmp_path, [leaver(as_at=FEBRUARY, clea_pathway_plan_review_date=day)])
    assert kpi_figures == {(FEBRUARY, "T1", "W1", "19–21"): (is_on_time, 1.0)}
