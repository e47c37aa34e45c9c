"""Each check finds the rows it is for, and no other."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from case_parts import Case, contact
from check_cases import CASES, OF_WHOLE_TABLES
from check_rows import checked, failing, values

from improvement_board.checks import CheckOutcome, load_checks

MONTHS = [(2024 + month // 12, month % 12 + 1) for month in range(8, 33)]  # September 2024 to September 2026


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.check}-{case.table}-{case.column}")
def test_the_rows_that_fail_are_found_and_no_others(case: Case, tmp_path: Path) -> None:
    outcome = checked(tmp_path, {case.table: case.rows, **case.others})
    assert failing(outcome, case.check, case.table, case.column) == list(case.bad)


def test_every_check_is_tried() -> None:
    assert {case.check for case in CASES} | OF_WHOLE_TABLES == {check.name for check in load_checks()}
    assert all(case.bad for case in CASES if case.check != "repeated_key")


def test_values_shown_are_those_of_the_failing_column(tmp_path: Path) -> None:
    rows = [contact("C7", date(2026, 6, 1), "P1"), contact("C7", date(2026, 6, 2), "P2")]
    outcome = checked(tmp_path, {"ssd_contacts": rows, "ssd_person": [{"pers_person_id": "P1"}]})
    assert values(outcome, "repeated_key") == ["C7"]
    assert values(outcome, "orphan") == ["P2"]


def contacts(tmp_path: Path, counts: list[int], edition: date = date(2026, 9, 30)) -> CheckOutcome:
    """What the checks find in so many contacts a month, the last of them in September 2026."""
    rows = []
    for (year, month), how_many in zip(MONTHS[-len(counts) :], counts, strict=True):
        rows += [contact(f"{year}-{month}-{number}", date(year, month, 1 + number % 28)) for number in range(how_many)]
    return checked(tmp_path, {"ssd_contacts": rows}, edition=edition)


STEADY = [98, 102] * 12
HIGHER_A_YEAR_AGO = [*STEADY[:12], 112, *STEADY[13:]]  # mean 2414/24, mean moving range 104/23: lower limit 88.55


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([*HIGHER_A_YEAR_AGO, 88], ["88 in September 2026, 14% below the usual 102"]),
        ([*HIGHER_A_YEAR_AGO, 89], []),
        ([*[60, 140] * 12, 39], ["39 in September 2026, 61% below the usual 100"]),
        ([*[60, 140] * 12, 41], []),
        ([*[19] * 24, 1], []),
        ([*STEADY[:11], 5], []),
        ([*STEADY[:12], 5], ["5 in September 2026, 95% below the usual 100"]),
        ([*[100] * 12, 40, *[100] * 11, 45], []),
        ([*STEADY[:23], 0, 0], ["0 in September 2026, 100% below the usual 98"]),
    ],
    ids=["below the limit", "usual", "under 40%", "over 40%", "too few", "11 months", "12 months", "season", "gap"],
)
def test_a_sudden_fall_is_told(counts: list[int], told: list[str], tmp_path: Path) -> None:
    assert values(contacts(tmp_path, counts), "volume_fell") == told


def test_the_month_that_is_judged_is_the_last_full_one(tmp_path: Path) -> None:
    outcome = contacts(tmp_path, [*STEADY, 40], edition=date(2026, 9, 29))
    assert values(outcome, "volume_fell") == []


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([*[5] * 12, 0], ["none in September 2026, the last of 05 August 2026"]),
        ([*[5] * 12, 1], []),
        ([*[5] * 6, 0, *[6] * 5, 0], []),
        ([*[5] * 11, 4, 0], []),
    ],
    ids=["late", "there", "not every month", "too few"],
)
def test_a_late_extract_is_told(counts: list[int], told: list[str], tmp_path: Path) -> None:
    assert values(contacts(tmp_path, counts), "late") == told


@pytest.mark.parametrize(
    ("months_before", "day", "number", "told"),
    [
        (12, 20, 19, ["the last in September 2026 of 20 September"]),
        (12, 21, 19, []),
        (11, 20, 21, []),
        (12, 20, 18, []),
    ],
    ids=["stopped", "in the last ten days", "not every month", "too few"],
)
@pytest.mark.parametrize("dated_by", ["due", "held"])
def test_an_extract_made_before_the_month_ended_is_told(
    tmp_path: Path, months_before: int, day: int, number: int, told: list[str], dated_by: str
) -> None:
    """By the day a review was held too: those due up to the month's end are there, and none was held."""
    ends = [
        date(year, month, 22 if months_back else day)
        for months_back, (year, month) in enumerate(reversed(MONTHS[-13:]))
    ]
    ends = [*ends[: months_before + 1], *(end.replace(day=20) for end in ends[months_before + 1 :])]
    rows = [
        {
            "review_id": f"{end}-{number_of_review}",
            "due_date": date(2026, 9, 30) if dated_by == "held" else end,
            "review_date": end,
        }
        for end in ends
        for number_of_review in range(number)
    ]
    outcome = checked(tmp_path, {"cin_reviews": rows})
    assert told == list(dict.fromkeys(values(outcome, "stopped")))


def test_so_many_errors_stop_the_edition(tmp_path: Path) -> None:
    good = [contact(str(number), date(2026, 6, 1)) for number in range(80)]
    bad = [contact(f"bad {number}", None) for number in range(20)]
    assert values(checked(tmp_path / "fifth", {"ssd_contacts": good + bad}), "many_rows_kept_out") == []
    more = checked(tmp_path / "more", {"ssd_contacts": [*good, *bad, contact("one more", None)]})
    assert values(more, "many_rows_kept_out") == ["21 of 101"]
    few = checked(tmp_path / "few", {"ssd_contacts": bad[:19]})
    assert values(few, "many_rows_kept_out") == []
    repeated = checked(tmp_path / "repeated", {"ssd_contacts": good * 3})
    assert values(repeated, "many_rows_kept_out") == []
