from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from rows import Row, department, involvement
from twice import Result, twice

FIRST, LAST = date(2024, 1, 1), date(2024, 3, 31)
JANUARY, FEBRUARY, MARCH = date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31)
DAY = date(2024, 2, 20)
CHILDREN = [{"pers_person_id": "P1", "pers_dob": date(2012, 6, 1)}, {"pers_person_id": "P2", "pers_dob": None}]
PREFIXES = {"ssd_cin_visits": "cinv_cin", "ssd_cp_visits": "cppv_cp", "ssd_cla_visits": "clav_cla"}
_numbers = count(1)


def visit(
    day: date | None,
    alone: str | None = "Y",
    seen: str | None = "Y",
    person: str | None = "P1",
    table: str = "ssd_cin_visits",
) -> Row:
    prefix = PREFIXES[table]
    return {
        f"{prefix}_visit_id": f"V{next(_numbers):03}",
        f"{prefix.split('_')[0]}_person_id": person,
        f"{prefix}_visit_date": day,
        f"{prefix}_visit_seen": seen,
        f"{prefix}_visit_seen_alone": alone,
    }


def figures(folder: Path, visits: list[Row], **more: Any) -> Result:
    parameters = more.pop("parameters", None)
    tables: dict[str, Any] = {
        "ssd_cin_visits": visits,
        "ssd_cp_visits": [],
        "ssd_cla_visits": [],
        "ssd_person": CHILDREN,
        **more,
    }
    return twice("seen_alone", folder, tables, first_day=FIRST, last_day=LAST, parameters=parameters)


@pytest.mark.parametrize(
    ("seen", "alone", "expected"),
    [
        ("Y", "Y", (1.0, 1.0)),
        ("Y", "N", (0.0, 1.0)),
        ("Y", None, (0.0, 1.0)),
        ("N", "N", None),
        ("N", "Y", None),
        (None, "Y", None),
    ],
)
def test_seen_alone_of_the_visits_at_which_the_child_was_seen(
    tmp_path: Path, seen: str | None, alone: str | None, expected: tuple[float, float] | None
) -> None:
    kpi_figures = figures(tmp_path, [visit(DAY, alone, seen)])
    assert kpi_figures == ({(FEBRUARY, None, None, "in need"): expected} if expected else {})


@pytest.mark.parametrize(
    ("born", "day", "is_counted"),
    [
        (date(2020, 2, 20), DAY, True),
        (date(2020, 2, 21), DAY, False),
        (date(2020, 2, 29), date(2024, 2, 28), False),
        (date(2020, 2, 29), date(2024, 2, 29), True),
        (None, DAY, False),
    ],
)
def test_children_aged_4_or_over_that_day(tmp_path: Path, born: date | None, day: date, is_counted: bool) -> None:
    kpi_figures = figures(tmp_path, [visit(day)], ssd_person=[{"pers_person_id": "P1", "pers_dob": born}])
    assert list(kpi_figures.values()) == [(1.0, 1.0)] * is_counted


def test_the_age_is_a_parameter(tmp_path: Path) -> None:
    children = [{"pers_person_id": "P1", "pers_dob": date(2020, 2, 29)}]
    days = [date(2024, 2, 28), date(2024, 2, 29)]
    kpi_figures = figures(tmp_path, [visit(day) for day in days], ssd_person=children, parameters={"minimum_age": 3})
    assert list(kpi_figures.values()) == [(2.0, 2.0)]
    assert figures(tmp_path, [visit(DAY)], parameters={"minimum_age": 12}) == {}


def test_by_kind_of_visit_the_same_numbers_in_each_table(tmp_path: Path) -> None:
    protection = [visit(DAY, "N", table="ssd_cp_visits"), visit(DAY, table="ssd_cp_visits")]
    care = [visit(DAY, table="ssd_cla_visits")]
    protection[0]["cppv_cp_visit_id"] = care[0]["clav_cla_visit_id"] = "V1"
    in_need = {**visit(DAY), "cinv_cin_visit_id": "V1"}
    assert figures(tmp_path, [in_need], ssd_cp_visits=protection, ssd_cla_visits=care) == {
        (FEBRUARY, None, None, "in need"): (1.0, 1.0),
        (FEBRUARY, None, None, "protection"): (1.0, 2.0),
        (FEBRUARY, None, None, "in care"): (1.0, 1.0),
    }


def test_counted_in_the_month_of_the_visit(tmp_path: Path) -> None:
    days = [date(2023, 12, 31), JANUARY, date(2024, 2, 1), LAST, date(2024, 4, 1), None]
    kpi_figures = figures(tmp_path, [visit(day) for day in days])
    assert kpi_figures == {(month, None, None, "in need"): (1.0, 1.0) for month in (JANUARY, FEBRUARY, MARCH)}


def test_team_and_worker_are_those_allocated_on_the_day(tmp_path: Path) -> None:
    held = [
        involvement("P1", "W8", date(2023, 6, 1), DAY, invo_professional_team="T8"),
        involvement("P1", "W1", DAY),
    ]
    visits = [visit(DAY), visit(DAY, person="P2"), visit(DAY, person=None), visit(DAY, person="unknown")]
    names = [department("T1", "North")]
    assert figures(tmp_path, visits, ssd_involvements=held, ssd_department=names) == {
        (FEBRUARY, "North", "W1", "in need"): (1.0, 1.0)
    }


def test_duplicates_count_once_and_no_visits_give_no_figure(tmp_path: Path) -> None:
    twin = visit(DAY)
    kpi_figures = figures(tmp_path, [twin, twin], ssd_person=[CHILDREN[0], CHILDREN[0]])
    assert kpi_figures == {(FEBRUARY, None, None, "in need"): (1.0, 1.0)}
    assert figures(tmp_path, []) == {}
