from datetime import date
from pathlib import Path
from typing import Any

import pytest
from holders import BEFORE_DAY, DAY, DAY_BEFORE, FEBRUARY, FIRST, JANUARY, LAST, MARCH, ON_DAY, handed_over
from rows import Row
from twice import Result, twice


def invitation(number: int, came: str | None, wrote: str | None, day: date | None = DAY, **columns: Any) -> Row:
    return {
        "invitation_id": f"N{number}",
        "conference_id": "I1",
        "person_id": "C1",
        "conference_date": day,
        "agency": "health",
        "attended_flag": came,
        "report_flag": wrote,
        **columns,
    }


def figures(folder: Path, rows: list[Row], **tables: Any) -> Result:
    given = {"conference_attendance": rows, **tables}
    return twice("partners_at_conference", folder, given, first_day=FIRST, last_day=LAST)


@pytest.mark.parametrize(
    ("came", "wrote", "took_part"),
    [
        ("Y", "Y", 1.0),
        ("Y", "N", 1.0),
        ("N", "Y", 1.0),
        ("Y", None, 1.0),
        (None, "Y", 1.0),
        ("N", "N", 0.0),
        ("N", None, 0.0),
        (None, None, 0.0),
    ],
)
def test_attended_or_sent_a_report(tmp_path: Path, came: str | None, wrote: str | None, took_part: float) -> None:
    assert figures(tmp_path, [invitation(1, came, wrote)]) == {(FEBRUARY, None, None, "health"): (took_part, 1.0)}


def test_by_agency(tmp_path: Path) -> None:
    agencies = ["health", "police", "police", None]
    rows = [invitation(number, "Y", "N", agency=agency) for number, agency in enumerate(agencies)]
    assert figures(tmp_path, [*rows, invitation(9, "N", "N", agency="police")]) == {
        (FEBRUARY, None, None, "health"): (1.0, 1.0),
        (FEBRUARY, None, None, "police"): (2.0, 3.0),
        (FEBRUARY, None, None, None): (1.0, 1.0),
    }


def test_counted_in_the_month_of_the_conference(tmp_path: Path) -> None:
    days = [date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 1), date(2026, 3, 31), date(2026, 4, 1), None]
    kpi_figures = figures(tmp_path, [invitation(number, "Y", "N", day) for number, day in enumerate(days)])
    assert kpi_figures == {(end, None, None, "health"): (1.0, 1.0) for end in (JANUARY, FEBRUARY, MARCH)}


def test_an_invitation_written_twice_counts_once(tmp_path: Path) -> None:
    assert figures(tmp_path, [invitation(1, "Y", "N")] * 2) == {(FEBRUARY, None, None, "health"): (1.0, 1.0)}


def test_team_and_worker_are_those_allocated_on_the_day(tmp_path: Path) -> None:
    rows = [
        invitation(1, "Y", "N", DAY_BEFORE),
        invitation(2, "N", "N"),
        invitation(3, "Y", "N", person_id="C2"),
        invitation(4, "Y", "N", person_id=None),
    ]
    assert figures(tmp_path, rows, **handed_over()) == {
        (FEBRUARY, *BEFORE_DAY, "health"): (1.0, 1.0),
        (FEBRUARY, *ON_DAY, "health"): (0.0, 1.0),
        (FEBRUARY, None, None, "health"): (2.0, 2.0),
    }


def test_no_invitations_give_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path, []) == {}
