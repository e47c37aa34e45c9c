from datetime import date
from pathlib import Path
from typing import Any

from rows import Row, department, involvement, protection_plan
from twice import Result, twice

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
JANUARY, FEBRUARY, MARCH = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)
OLD = date(2025, 5, 5)


def plan(
    category: str | None, person: str | None = "C1", start: date = OLD, end: date | None = None, **more: Any
) -> Row:
    return protection_plan(person, start, end, cppl_cp_plan_latest_category=category, **more)


def figures(folder: Path, plans: list[Row], **tables: Any) -> Result:
    return twice("cp_neglect", folder, {"ssd_cp_plans": plans, **tables}, first_day=FIRST, last_day=LAST)


def test_neglect_alone_or_among_several_categories(tmp_path: Path) -> None:
    categories = {
        "Neglect": 1.0,
        "NEGLECT": 1.0,
        "NEG": 1.0,
        "Multiple: Emotional abuse, Neglect": 1.0,
        "Multiple: Emotional abuse, Physical abuse": 0.0,
        "Multiple": 0.0,
        "Emotional abuse": 0.0,
        None: 0.0,
    }
    plans = [plan(category, f"C{category}") for category in categories]
    workers = [involvement(f"C{category}", f"W{category}", OLD) for category in categories]
    kpi_figures = figures(tmp_path, plans, ssd_involvements=workers)
    assert {key[2]: parts for key, parts in kpi_figures.items() if key[0] == MARCH} == {
        f"W{category}": (expected, 1.0) for category, expected in categories.items()
    }


def test_the_latest_category_counts_and_not_the_first(tmp_path: Path) -> None:
    plans = [plan("Neglect", cppl_cp_plan_initial_category="Physical abuse")]
    assert figures(tmp_path, plans)[(MARCH, None, None, None)] == (1.0, 1.0)


def test_on_a_plan_from_the_day_it_starts_to_the_day_before_it_ends(tmp_path: Path) -> None:
    plans = [
        plan("Neglect", "C1", JANUARY, FEBRUARY),
        plan("Neglect", "C2", OLD, date(2026, 3, 1)),
        plan("Neglect", "C3", MARCH),
        plan("Neglect", "C4", date(2026, 4, 1)),
    ]
    assert figures(tmp_path, plans) == {
        (JANUARY, None, None, None): (2.0, 2.0),
        (FEBRUARY, None, None, None): (1.0, 1.0),
        (MARCH, None, None, None): (1.0, 1.0),
    }


def test_a_child_counts_once_on_the_plan_that_started_last(tmp_path: Path) -> None:
    plans = [plan("Neglect"), plan("Physical abuse", start=date(2025, 9, 9))]
    assert figures(tmp_path, [*plans, plans[1]])[(MARCH, None, None, None)] == (0.0, 1.0)


def test_plans_of_other_councils_and_of_nobody_are_left_out(tmp_path: Path) -> None:
    assert figures(tmp_path, [plan("Neglect", cppl_cp_plan_ola="Y"), plan("Neglect", None)]) == {}


def test_team_and_worker_are_those_allocated_at_the_months_end(tmp_path: Path) -> None:
    involvements = [
        involvement("C1", "W1", OLD, JANUARY),
        involvement("C1", "W2", JANUARY, invo_professional_team="T2"),
        involvement("C2", None, OLD, invo_professional_team=None),
    ]
    plans = [plan("Neglect", person, OLD, FEBRUARY) for person in ("C1", "C2", "C3")]
    names = [department("T2", "Court")]
    assert figures(tmp_path, plans, ssd_involvements=involvements, ssd_department=names) == {
        (JANUARY, "Court", "W2", None): (1.0, 1.0),
        (JANUARY, None, None, None): (2.0, 2.0),
    }


def test_no_plans_give_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path, []) == {}
