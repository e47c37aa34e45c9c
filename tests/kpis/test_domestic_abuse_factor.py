"""Domestic abuse as a factor on hand-written rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from record_tables import AUTHORITY, brief, compute
from rows import assessment, department, involvement

FIRST, LAST = date(2024, 2, 1), date(2024, 3, 31)
DAY = date(2024, 3, 12)


def rows(folder: Path, *assessed: tuple[dict[str, Any], str | None], **more: Any) -> list[dict[str, Any]]:
    factors = [
        {
            "cinf_table_id": f"F{number}",
            "cinf_assessment_id": row["cina_assessment_id"],
            "cinf_assessment_factors_json": document,
        }
        for number, (row, document) in enumerate(assessed)
    ]
    tables = {"ssd_cin_assessments": [row for row, _ in assessed], "ssd_assessment_factors": factors, **more}
    return compute("domestic_abuse_factor", folder, tables, first_day=FIRST, last_day=LAST)


@pytest.mark.parametrize(
    ("document", "numerator"),
    [
        ('["3A"]', 1.0),
        ('["3B", "1A"]', 1.0),
        ('["16A","3C"]', 1.0),
        ('["3A", "3B", "3C"]', 1.0),
        ('[" 3a "]', 1.0),
        ('["21"]', 0.0),
        ("[21]", 0.0),
        ('["13A", "3D", "3"]', 0.0),
        ('{"1A": "No", "3B": "Yes"}', 1.0),
        ('{"1A": "Yes", "3B": "No", "3A": ""}', 0.0),
        ('{"21": "Yes", "3A": null}', 0.0),
    ],
)
def test_any_of_the_three_factors(tmp_path: Path, document: str, numerator: float) -> None:
    figure_rows = rows(tmp_path, (assessment("P1", DAY, DAY), document), ssd_department=[department("T1", "North")])
    assert brief(figure_rows, "authority", "period_end", "team", "worker", "category") == [
        (AUTHORITY, LAST, "North", "W1", None)
    ]
    assert brief(figure_rows, "numerator", "denominator") == [(numerator, 1.0)]


@pytest.mark.parametrize(
    "document", [None, "", "[]", "{}", '{"3A": "No", "21": "No"}', '[""]', "[null]", '["3A"', '"3A"']
)
def test_no_factors_recorded_is_left_out(tmp_path: Path, document: str | None) -> None:
    """Nor does text that is no JSON, or JSON that is neither a list nor an object, fail the query."""
    assert rows(tmp_path, (assessment("P1", DAY, DAY), document)) == []


def test_counted_once_in_the_month_and_team_of_authorisation(tmp_path: Path) -> None:
    """Open assessments and those authorised after the edition have not ended; duplicates count once."""
    nobody = {"cina_assessment_team": None, "cina_assessment_worker_id": None}
    first, last = assessment("P1", DAY, date(2024, 3, 1)), assessment("P1", DAY, LAST)
    figure_rows = rows(
        tmp_path,
        (first, '["3A"]'),
        (first, '["3A"]'),
        (first, '["21"]'),
        (last, '["21"]'),
        (assessment("P1", DAY, date(2024, 4, 1)), '["3A"]'),
        (assessment("P1", FIRST, date(2024, 1, 31)), '["3A"]'),
        (assessment("P1", DAY, None), '["3A"]'),
        (assessment("P2", DAY, date(2024, 2, 29), **nobody), '["3A"]'),
        (assessment("P3", DAY, date(2024, 2, 29), **nobody), '["3A"]'),
        ssd_involvements=[involvement("P2", "W2", FIRST, invo_professional_team="T2")],
    )
    assert brief(figure_rows, "period_end", "team", "worker", "numerator", "denominator") == [
        (date(2024, 2, 29), None, None, 1.0, 1.0),
        (date(2024, 2, 29), "T2", "W2", 1.0, 1.0),
        (LAST, "T1", "W1", 1.0, 2.0),
    ]


def test_no_rows_give_no_figure(tmp_path: Path) -> None:
    assert rows(tmp_path) == []
