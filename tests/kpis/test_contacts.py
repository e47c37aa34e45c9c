"""Contacts on hand-written rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from record_tables import AUTHORITY, brief, compute
from rows import department, involvement

FIRST, LAST = date(2024, 2, 1), date(2024, 3, 31)
DAY = date(2024, 3, 12)


def contact(number: int, person: str | None, day: date | None, source: str | None = "6") -> dict[str, Any]:
    return {
        "cont_contact_id": f"C{number}",
        "cont_person_id": person,
        "cont_contact_date": day,
        "cont_contact_source_code": source,
    }


def rows(folder: Path, contacts: list[Any], **more: Any) -> list[dict[str, Any]]:
    return compute("contacts", folder, {"ssd_contacts": contacts, **more}, first_day=FIRST, last_day=LAST)


@pytest.mark.parametrize(
    ("codes", "group"),
    [
        (["1A", "1B", "1C", "1D", "1a", "1"], "individual"),
        (["2A"], "school"),
        (["2B"], "education"),
        (["3A", "3B", "3C", "3D", "3E", "3F"], "health"),
        (["4"], "housing"),
        (["5A", "5B", "5C", "5D"], "council"),
        (["6"], "police"),
        (["7"], "legal"),
        (["8"], "other"),
        (["9"], "anonymous"),
        (["10", None, "", "11", "2", "3G", "Police"], "unknown"),
    ],
)
def test_source_groups(tmp_path: Path, codes: list[str | None], group: str) -> None:
    figure_rows = rows(tmp_path, [contact(number, "P1", DAY, code) for number, code in enumerate(codes)])
    assert brief(figure_rows, "authority", "period_end", "category", "numerator", "denominator") == [
        (AUTHORITY, LAST, group, float(len(codes)), None)
    ]


def test_one_for_each_child(tmp_path: Path) -> None:
    """Three children in one contact are three, a contact sent twice is one, and a child not known yet is one."""
    family = [contact(1, person, DAY) for person in ("P1", "P2", "P3")]
    figure_rows = rows(tmp_path, [*family, family[0], contact(2, "P1", DAY), contact(3, None, DAY)])
    assert brief(figure_rows, "numerator") == [(5.0,)]


def test_months_hold_their_first_and_last_day_and_nothing_outside(tmp_path: Path) -> None:
    days = [date(2024, 1, 31), FIRST, date(2024, 2, 29), date(2024, 3, 1), LAST, date(2024, 4, 1), None]
    figure_rows = rows(tmp_path, [contact(number, "P1", day) for number, day in enumerate(days)])
    assert brief(figure_rows, "period_end", "numerator") == [(date(2024, 2, 29), 2.0), (LAST, 2.0)]


def test_team_and_worker_are_those_who_held_the_case_that_day(tmp_path: Path) -> None:
    figure_rows = rows(
        tmp_path,
        [contact(number, person, DAY) for number, person in enumerate(["P1", "P2", "P3", "P4", None])],
        ssd_involvements=[
            involvement("P1", "W1", DAY),
            involvement("P2", "W3", FIRST, DAY),
            involvement("P3", "W2", FIRST, date(2024, 3, 13), invo_professional_team=None),
            involvement("P4", "W4", FIRST, invo_professional_team="A team without an id"),
        ],
        ssd_department=[department("T1", "North")],
    )
    assert brief(figure_rows, "team", "worker", "numerator") == [
        ("A team without an id", "W4", 1.0),
        (None, None, 2.0),
        (None, "W2", 1.0),
        ("North", "W1", 1.0),
    ]


def test_no_rows_give_no_figure(tmp_path: Path) -> None:
    assert rows(tmp_path, []) == []
