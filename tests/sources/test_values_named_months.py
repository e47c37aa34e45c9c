"""Dates that write the month's name are read; what only looks like one is not."""

from __future__ import annotations

import datetime as dt

import pytest

from improvement_board.sources.values import UnfitValueError, date_of, moment_of


@pytest.mark.parametrize(
    "text",
    ["16 September 2020", "16-Sep-2020", "16-Sep-20", "16th Sept 2020", "16 SEP, 2020", "16.sep.2020", "16/Sep/2020"],
)
@pytest.mark.parametrize("day_first", [True, False])
def test_a_day_with_the_months_name_is_read_whichever_part_comes_first(text: str, day_first: bool) -> None:
    assert date_of(text, day_first=day_first) == dt.date(2020, 9, 16)


def test_the_time_of_day_is_kept() -> None:
    assert moment_of("1 May 2026 07:05") == dt.datetime.combine(dt.date(2026, 5, 1), dt.time(7, 5))


@pytest.mark.parametrize("text", ["31 February 2020", "16 Sepp 2020", "16 Ma 2020", "September 2020", "16 2020 Sep"])
def test_a_day_that_is_none_is_told(text: str) -> None:
    with pytest.raises(UnfitValueError, match="is not a date"):
        date_of(text)
