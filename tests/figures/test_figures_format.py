"""Numbers, periods and symbols as people read them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement_board.figures.formats import (
    format_apart,
    format_band,
    format_band_short,
    format_band_words,
    format_change,
    format_difference,
    format_period,
    format_period_short,
    format_span,
    format_value,
    is_same,
    symbol_meaning,
    unit_words,
)

UNITS = ["percent", "count", "average", "rate_per_10000", "days"]
numbers = st.floats(-1e9, 1e9, allow_nan=False)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (18.2, "percent", "18.2%"),
        (100.0, "percent", "100.0%"),
        (1204.0, "count", "1,204"),
        (12.5, "count", "12.5"),
        (16.349, "average", "16.3"),
        (72.4, "rate_per_10000", "72.4 per 10,000"),
        (12, "days", "12.0 days"),
        (0.0, "count", "0"),
        (-0.04, "percent", "0.0%"),
        (-1.25, "average", "−1.3"),
    ],
)
def test_a_value_carries_its_unit(value: float, unit: str, text: str) -> None:
    assert format_value(value, unit) == text


def test_halves_round_away_from_zero_whatever_binary_makes_of_them() -> None:
    assert format_value(18.25, "percent") == "18.3%"
    assert format_value(2.675, "average") == "2.7"
    assert format_value(12.249999999999998, "percent") == "12.3%"


@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_said_to_be_no_figure(value: float | None) -> None:
    assert format_value(value, "percent") == "no figure"
    assert format_change(value, "percent") == "no figure"


def test_a_symbol_says_why_there_is_no_figure() -> None:
    assert format_value(None, "percent", "c") == "suppressed by the publisher"
    meanings = {symbol: symbol_meaning(symbol) for symbol in ("c", "k", "low", "u", "x", "z", "-", "..")}
    assert meanings["k"] == meanings["low"] == "above zero but rounds to zero"
    assert meanings["u"] == "too unreliable to publish"
    assert meanings["x"] == "not available"
    assert meanings["z"] == "not applicable"
    assert meanings["-"] == meanings[".."] == "missing in the publication"
    assert symbol_meaning(None) == symbol_meaning(" ") == "no figure"
    assert symbol_meaning("q") == "no figure (marked q)"


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(KeyError):
        format_value(1.0, "furlongs")


@given(numbers, st.sampled_from(UNITS))
def test_a_formatted_number_is_within_half_of_its_last_place(value: float, unit: str) -> None:
    text = format_value(value, unit)
    number = float(re.sub(r"%| per 10,000| days|,", "", text).replace("−", "-"))
    decimals = re.search(r"\.(\d+)", text)
    places = len(decimals[1]) if decimals else 0
    assert abs(number - value) <= 0.5 * 10**-places + abs(value) * 1e-11
    assert not text.startswith("-")


@given(numbers, numbers, st.sampled_from(UNITS))
def test_different_numbers_read_differently_and_in_order(value: float, other: float, unit: str) -> None:
    first, second = format_apart([value, other], unit)
    if is_same(value, other):
        assert first == second == format_value(value, unit)
    elif abs(value - other) > 1e-9:
        assert first != second


def test_a_near_miss_of_a_target_shows_the_decimals_it_takes() -> None:
    assert format_apart([20.04, 20.0], "percent") == ("20.04%", "20.00%")
    assert format_apart([18.2, 20.0], "percent") == ("18.2%", "20.0%")
    assert format_apart([12.5, 12.0], "count") == ("12.5", "12")


@pytest.mark.parametrize(
    ("change", "unit", "text"),
    [
        (1.2, "percent", "+1.2 percentage points"),
        (-0.04, "percent", "−0.04 percentage points"),
        (-3.0, "count", "−3"),
        (0.4, "rate_per_10000", "+0.4 per 10,000"),
        (-1.5, "days", "−1.5 days"),
        (0.0, "average", "no change"),
        (0.1 + 0.2 - 0.3, "average", "no change"),
    ],
)
def test_a_change_has_a_sign_and_never_reads_as_zero_unless_it_is(change: float, unit: str, text: str) -> None:
    assert format_change(change, unit) == text


def test_a_difference_has_no_sign() -> None:
    assert format_difference(-1204.0, "count") == "1,204"


@pytest.mark.parametrize(
    ("day", "grain", "timing", "text", "short"),
    [
        (date(2026, 9, 30), "month", "flow", "September 2026", "Sep 2026"),
        (date(2026, 9, 30), "month", "snapshot", "September 2026", "Sep 2026"),
        (date(2026, 9, 30), "quarter", "flow", "July to September 2026", "Jul–Sep 2026"),
        (date(2026, 2, 28), "quarter", "flow", "December 2025 to February 2026", "Dec–Feb 2026"),
        (date(2026, 9, 30), "quarter", "snapshot", "September 2026", "Sep 2026"),
        (date(2025, 3, 31), "year", "flow", "year to March 2025", "2024-25"),
        (date(2025, 8, 31), "year", "flow", "year to August 2025", "2024/25"),
        (date(2025, 7, 31), "year", "flow", "year to July 2025", "2024/25"),
        (date(2025, 12, 31), "year", "flow", "year to December 2025", "2025"),
        (date(2025, 9, 30), "year", "flow", "year to September 2025", "Sep 2025"),
        (date(2000, 3, 31), "year", "flow", "year to March 2000", "1999-00"),
        (date(2025, 4, 5), "year", "flow", "year to 5 April 2025", "Apr 2025"),
        (date(2024, 9, 30), "year", "snapshot", "30 September 2024", "Sep 2024"),
    ],
)
def test_a_period_is_named_by_what_it_covers(day: date, grain: str, timing: str, text: str, short: str) -> None:
    assert format_period(day, grain, timing) == text  # type: ignore[arg-type]
    assert format_period_short(day, grain, timing) == short  # type: ignore[arg-type]


def test_a_published_span_is_named_by_its_length() -> None:
    assert format_span(date(2024, 9, 30), date(2024, 9, 30)) == "30 September 2024"
    assert format_span(date(2023, 4, 1), date(2024, 3, 31)) == "year to March 2024"
    assert format_span(date(2023, 4, 1), date(2024, 3, 31), "snapshot") == "31 March 2024"
    assert format_span(date(2021, 4, 1), date(2024, 3, 31)) == "April 2021 to March 2024"
    assert format_span(date(2024, 9, 1), date(2024, 9, 30)) == "September 2024"


def test_units_have_names() -> None:
    assert [unit_words(unit) for unit in UNITS] == [
        "percentage",
        "number",
        "average",
        "rate per 10,000 children",
        "days",
    ]


@pytest.mark.parametrize(
    ("low", "high", "unit", "shown"),
    [
        (40, 50, "percent", ("40% to under 50%", "40–50%", "between 40% and 50%")),
        (0, 10, "percent", ("0% to under 10%", "0–10%", "under 10%")),
        (90, 100, "percent", ("90% to 100%", "90–100%", "90% or more")),
        (16, 18, "average", ("16 to under 18", "16–18", "between 16 and 18")),
        (0, 2, "average", ("0 to under 2", "0–2", "under 2")),
        (98, 100, "average", ("98 to under 100", "98–100", "between 98 and 100")),
        (2.5, 5, "percent", ("2.5% to under 5%", "2.5–5%", "between 2.5% and 5%")),
    ],
)
def test_a_range_says_which_of_its_ends_it_takes_in(
    low: float, high: float, unit: str, shown: tuple[str, str, str]
) -> None:
    made = (format_band(low, high, unit), format_band_short(low, high, unit), format_band_words(low, high, unit))
    assert made == shown
