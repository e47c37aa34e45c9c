"""The days for which tables are complete, joined where two sources have one."""

from __future__ import annotations

from datetime import date

import pytest

from improvement_board.sources.windows import CoveredDays, unbroken_from

APRIL, MARCH = date(2025, 4, 1), date(2026, 3, 31)


def test_two_sources_of_a_table_cover_what_one_of_them_does() -> None:
    later = CoveredDays(date(2025, 7, 1), date(2026, 6, 30))
    assert CoveredDays(APRIL, MARCH).joined(later) == CoveredDays(APRIL, date(2026, 6, 30))
    assert CoveredDays(APRIL, MARCH).joined(CoveredDays()) == CoveredDays()


@pytest.mark.parametrize(
    ("first", "month_end"),
    [
        (None, None),
        (APRIL, date(2025, 4, 30)),
        (date(2025, 4, 2), date(2025, 5, 31)),
        (date(2025, 12, 31), date(2026, 1, 31)),
    ],
)
def test_the_first_month_is_the_first_whole_one(first: date | None, month_end: date | None) -> None:
    assert CoveredDays(first=first).first_period_end == month_end


def year(start: int) -> tuple[date, date]:
    return date(start, 4, 1), date(start + 1, 3, 31)


def test_files_cover_the_days_after_the_last_gap_between_them() -> None:
    assert unbroken_from([]) is None
    assert unbroken_from([year(2024)]) == date(2024, 4, 1)
    assert unbroken_from([year(2023), year(2025), year(2024)]) == date(2023, 4, 1)
    assert unbroken_from([year(2021), year(2022), year(2024), year(2025)]) == date(2024, 4, 1)
    assert unbroken_from([(date(2024, 4, 1), date(2024, 9, 30)), year(2024), year(2025)]) == date(2024, 4, 1)
    assert unbroken_from([(date(2023, 4, 1), date(2024, 3, 30)), year(2024)]) == date(2024, 4, 1)
