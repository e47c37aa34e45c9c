"""A child is one child and a worker one worker, however files and sources write the id; what differs is said once."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from examples import tried
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from improvement_board.building.supply import Supply, source_records, supply
from improvement_board.records.identifiers import canonical, is_cut, tidy, writings
from improvement_board.sources.findings import Finding
from improvement_board.sources.gather import Gathered, gather
from improvement_board.sources.registry import adapters

EDITION = date(2026, 9, 30)
Table = tuple[Sequence[str], Sequence[Sequence[str]]]

NUMBERS = ["0{}", "000{}", "{}.0", " {} ", "{}.00", '="00{}"', "'{}"]
LETTERS = [
    str.lower,
    str.upper,
    str.title,
    lambda plain_id: f" {plain_id} ",
    lambda plain_id: f"{plain_id[:2]} {plain_id[2:]}",
]


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("0001000", "1000"),
        ("1000.0", "1000"),
        ("1.0E3", "1000"),
        ("1,000", "1000"),
        (" 1000 ", "1000"),
        ("000", "0"),
        ("ab000", "AB000"),
        ("AB 000", "AB000"),
        ("José  Díaz", "JOSE DIAZ"),
        ("0012A", "0012A"),
        ("1E3", "1E3"),
        ("1234567890123456", "1234567890123456"),
        ("a1|2026-05-04|1", "a1|2026-05-04|1"),
    ],
)
def test_writings_of_one_id_have_one_form(written: str, same: str) -> None:
    assert canonical(written) == same
    assert canonical(same) == same


def test_a_number_of_which_excel_lost_digits_is_none() -> None:
    assert [is_cut(text) for text in ("1.23E+11", "1E+15", "1000", "1.0E3", "E+1")] == [True, True, False, False, False]


@given(st.integers(1, 10**11), st.sampled_from(NUMBERS))
def test_every_writing_of_a_number_is_that_number(number: int, form: str) -> None:
    assert canonical(form.format(number)) == str(number)
    assert canonical(tidy(form.format(number))) == str(number)
    assert str(number) in writings(form.format(number))


def put(folder: Path, tables: Mapping[str, Table]) -> Path:
    for name, (header, rows) in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([header, *rows])
    return folder


def rows_of(read_result: Supply | Gathered, table: str, *columns: str) -> list[tuple[Any, ...]]:
    gathered = read_result.gathered if isinstance(read_result, Supply) else read_result
    read = duckdb.connect().read_parquet(str(gathered.tables[table].file))
    return read.project(", ".join(columns)).order("1, 2").fetchall()


def about_ids(supplied: Supply) -> list[Finding]:
    return [finding for finding in supplied.findings if finding.rule.startswith(("ids-", "identifier-"))]


PERSON = ("pers_person_id", "pers_dob")
REFERRAL = ("cine_referral_id", "cine_person_id", "cine_referral_date", "cine_referral_worker_id")
ASSESSMENT = ("cina_assessment_id", "cina_person_id", "cina_referral_id", "cina_assessment_start_date")
WORKFORCE = ("professional_id", "period_end", "team")


def tables(person: Callable[[str], str], worker: Callable[[str], str], case: Callable[[str], str]) -> dict[str, Table]:
    """Three children, their referrals and assessments, and three workers: the ids as these functions write them."""
    numbers = ["1000", "1001", "1002"]
    return {
        "ssd_person": (PERSON, [(number, "2012-05-01") for number in numbers]),
        "ssd_professionals": (
            ("prof_professional_id", "prof_professional_name"),
            [(f"W{number}", "N") for number in numbers],
        ),
        "ssd_cin_episodes": (
            REFERRAL,
            [(f"77{number}", person(number), "2026-05-04", worker(f"W{number}")) for number in numbers],
        ),
        "ssd_cin_assessments": (
            ASSESSMENT,
            [(f"A{number}", person(number), case(f"77{number}"), "2026-05-05") for number in numbers],
        ),
        "workforce": (WORKFORCE, [(worker(f"W{number}"), "2026-09-30", "North") for number in numbers]),
    }


@settings(max_examples=tried(4), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(NUMBERS), st.sampled_from(LETTERS), st.sampled_from(NUMBERS))
def test_tables_meet_however_each_writes_its_ids(
    tmp_path_factory: pytest.TempPathFactory, person: str, worker: Callable[[str], str], case: str
) -> None:
    folder = put(tmp_path_factory.mktemp("tables"), tables(person.format, worker, case.format))
    gathered = gather(folder, tmp_path_factory.mktemp("work"), adapters(), EDITION)
    assert rows_of(gathered, "ssd_cin_episodes", "cine_person_id", "cine_referral_worker_id") == [
        ("1000", "W1000"), ("1001", "W1001"), ("1002", "W1002"),
    ]  # fmt: skip
    assert [worker_id for worker_id, _ in rows_of(gathered, "workforce", "professional_id", "team")] == [
        "W1000",
        "W1001",
        "W1002",
    ]
    assessments_read = rows_of(gathered, "ssd_cin_assessments", "cina_assessment_id", "cina_referral_id")
    assert [referral_id for _, referral_id in assessments_read] == [
        "771000", "771001", "771002",
    ]  # fmt: skip
    assert {finding.rule for finding in gathered.findings.kept} <= {"ids-written-differently", "column-missing"}


def test_what_is_written_otherwise_is_said_once_with_counts_and_an_example(tmp_path: Path) -> None:
    supplied = supply(put(tmp_path, tables("000{}".format, str.lower, str)), tmp_path / "work", EDITION)
    said = sorted(finding.problem.message for finding in about_ids(supplied))
    assert len(said) == 2
    assert said[0].startswith("3 ids of children are written otherwise than in other places, such as 0001000 for 1000")
    assert said[1].startswith("3 ids of workers are written otherwise than in other places, such as w1000 for W1000")


def test_ids_that_are_written_in_one_way_stay_as_they_are(tmp_path: Path) -> None:
    clean = tables(str, str.lower, str)
    clean["ssd_professionals"] = (("prof_professional_id", "prof_professional_name"), [("w1000", "N")])
    supplied = supply(put(tmp_path, clean), tmp_path / "work", EDITION)
    assert [worker_id for worker_id, _ in rows_of(supplied, "workforce", "professional_id", "team")] == [
        "w1000",
        "w1001",
        "w1002",
    ]
    assert about_ids(supplied) == []


def children(rows: Iterable[tuple[str, str]]) -> dict[str, Table]:
    rows = list(rows)
    return {
        "ssd_person": (PERSON, rows),
        "ssd_cin_episodes": (
            REFERRAL,
            [(f"R{at}", child_id, "2026-05-04", "") for at, (child_id, _) in enumerate(rows)],
        ),
    }


def test_children_of_one_file_that_differ_in_zeros_and_birth_are_kept_apart_and_said(tmp_path: Path) -> None:
    supplied = supply(put(tmp_path, children([("001", "2012-05-01"), ("1", "2014-06-02")])), tmp_path / "work", EDITION)
    assert rows_of(supplied, "ssd_person", "pers_person_id", "pers_dob") == [
        ("001", date(2012, 5, 1)), ("1", date(2014, 6, 2)),
    ]  # fmt: skip
    assert rows_of(supplied, "ssd_cin_episodes", "cine_person_id", "cine_referral_id") == [("001", "R0"), ("1", "R1")]
    (said,) = about_ids(supplied)
    assert (said.rule, said.severity) == ("ids-kept-apart", "warning")


def test_a_child_that_is_there_twice_under_two_writings_is_one(tmp_path: Path) -> None:
    supplied = supply(put(tmp_path, children([("001", "2012-05-01"), ("1", "2012-05-01")])), tmp_path / "work", EDITION)
    assert {
        child_id for child_id, _ in rows_of(supplied, "ssd_cin_episodes", "cine_person_id", "cine_referral_id")
    } == {"1"}
    assert [finding.rule for finding in about_ids(supplied)] == ["ids-written-differently"]


@pytest.mark.parametrize("other", ["ab1", "0AB1"])
def test_rows_of_a_table_whose_keys_differ_only_in_writing_are_two_rows(tmp_path: Path, other: str) -> None:
    referrals = [("AB1", "c1", "2026-05-04", ""), (other, "c1", "2026-05-05", "")]
    assessments = [("A1", "c1", "AB1", "2026-05-06"), ("A2", "c1", other, "2026-05-07")]
    source = {"ssd_cin_episodes": (REFERRAL, referrals), "ssd_cin_assessments": (ASSESSMENT, assessments)}
    supplied = supply(put(tmp_path, source), tmp_path / "work", EDITION)
    assessments_read = rows_of(supplied, "ssd_cin_assessments", "cina_assessment_id", "cina_referral_id")
    assert [referral_id for _, referral_id in assessments_read] == [
        "AB1", other,
    ]  # fmt: skip
    assert {record.rejected for record in source_records(supplied)} == {0}


def test_ids_that_excel_cut_stop_the_edition(tmp_path: Path) -> None:
    supplied = supply(put(tmp_path, children([("1.23E+11", "2012-05-01")])), tmp_path / "work", EDITION)
    assert any("lost their last digits in Excel" in str(problem) for problem in supplied.stops)
