"""Which table a file is, by its name and columns; what is odd about its header is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from tabular_reading import claimed, read, saved

from improvement_board.declared.tables import declared_tables
from improvement_board.sources.tabular import LocalTables
from improvement_board.sources.tabular.naming import comparable_name, named_table, table_of

PERSON = "pers_person_id,pers_sex,pers_dob"
EXTRACT = "authority,period_end,team,worker,category,numerator,denominator"


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("ssd_person", "ssd_person"),
        ("SSD_Person 2026", "ssd_person"),
        ("dbo.ssd_person", "ssd_person"),
        ("export-ssd-cp-visits-v2", "ssd_cp_visits"),
        ("audits", "audits"),
        ("Audit standards (May)", "audit_standards"),
        ("custody_visits", "custody_visits"),
        ("Custody", "custody"),
        ("auditsheet", None),
        ("persons", None),
        ("", None),
    ],
)
def test_a_name_says_which_table_and_the_longest_counts(name: str, table: str | None) -> None:
    table_named = named_table(name)
    assert (table_named.name if table_named else None) == table


def test_a_name_is_compared_in_small_letters_whatever_stands_between_its_words() -> None:
    assert {comparable_name(name) for name in ("Pers Person-ID", "\ufeffpers_person_id", " PERS.PERSON__ID ")} == {
        "pers_person_id"
    }


@pytest.mark.parametrize("table", declared_tables().values(), ids=list(declared_tables()))
def test_every_table_is_known_by_its_name_and_columns(table: object) -> None:
    columns = [column.name.upper() for column in table.columns]  # type: ignore[attr-defined]
    assert table_of(table.name, columns) is table  # type: ignore[attr-defined]


def test_every_table_with_columns_of_its_own_is_known_by_them_alone() -> None:
    unnamed = [
        name
        for name, table in declared_tables().items()
        if table_of("export", [declared_column.name for declared_column in table.columns]) != table
    ]
    assert unnamed == ["life_story", "custody"]  # their columns are all in other tables too


def test_columns_alone_tell_only_with_the_key_and_half_of_what_is_the_tables_own() -> None:
    columns = [column.name for column in declared_tables()["ssd_person"].columns]
    assert table_of("export", columns[: len(columns) // 2 + 1]) is declared_tables()["ssd_person"]
    assert table_of("export", columns[1:]) is None
    assert table_of("export", columns[:3]) is None


def test_a_name_alone_tells_nothing() -> None:
    assert table_of("ssd_person", ["a", "b"]) is None
    assert table_of("ssd_person", ["pers_person_id"]) is None
    assert table_of("ssd_person", []) is None


def test_columns_count_where_the_name_says_another_table() -> None:
    columns = [column.name for column in declared_tables()["supervision"].columns]
    assert table_of("training", columns) is declared_tables()["supervision"]


def test_an_extract_of_a_kpi_is_no_table_whatever_its_name() -> None:
    assert table_of("vacancies", EXTRACT.split(",")) is None


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("ssd_person.csv", f"{PERSON}\n1,F,01/02/2020\n", ["ssd"]),
        ("people.csv", "audit_id,standard,grade\nA1,plan,good\n", ["local"]),
        ("children.csv", f"{PERSON}\n", []),
        ("vacancies.csv", f"{EXTRACT}\n", []),
        ("ssd_person.csv", "", []),
        ("ssd_person.csv", "<html>ssd_person pers_person_id,pers_sex</html>", []),
        ("ssd_person.csv", b"\x00" * 500, []),
        ("ssd_person.csv", b"PK\x03\x04 nothing", []),
        ("ssd_person.parquet", b"PAR1 nothing PAR1", []),
        ("ssd_person.csv", '"' * 200_000, []),
    ],
)
def test_a_file_is_known_by_one_adapter_or_none(
    tmp_path: Path, name: str, text: str | bytes, expected: list[str]
) -> None:
    assert claimed(saved(tmp_path, text, name)) == expected


def test_what_is_no_file_is_known_by_none(tmp_path: Path) -> None:
    (tmp_path / "ssd_person.csv").mkdir()
    assert claimed(tmp_path / "ssd_person.csv") == claimed(tmp_path / "nowhere.csv") == []


def test_a_key_column_that_is_missing_stops_the_file_and_says_what_is_there(tmp_path: Path) -> None:
    file = saved(tmp_path, "person_id,pers_sex,pers_dob\n1,F,2020-01-01\n")
    assert claimed(file) == ["ssd"]
    reading = read(file)
    problem = reading.only("column-missing").problem
    assert reading.brief() == [("column-missing", "stop", "pers_person_id", 1)]
    assert (problem.file, problem.allowed) == (file, "pers_person_id")
    assert "person_id, pers_sex, pers_dob" in problem.message
    assert reading.tables == {}


def test_columns_that_are_not_known_are_each_told_and_those_without_a_name_are_not(tmp_path: Path) -> None:
    reading = read(saved(tmp_path, f"{PERSON},Favourite colour,,Notes\n1,F,2020-01-01,blue,,x\n"))
    assert reading.brief() == [
        ("unknown-column", "warning", "Favourite colour", 1),
        ("unknown-column", "warning", "Notes", 1),
    ]
    assert reading.column("ssd_person", "pers_sex") == ["F"]


def test_a_column_that_is_there_twice_stops_the_file_and_both_are_named(tmp_path: Path) -> None:
    reading = read(saved(tmp_path, "pers_person_id,pers_sex,Pers Sex\n1,F,M\n"))
    assert reading.brief() == [("column-twice", "stop", "pers_sex", 1)]
    assert "pers_sex, Pers Sex" in reading.only("column-twice").problem.message
    assert reading.tables == {}


def test_a_local_table_says_which_columns_it_lacks_and_another_only_its_date(tmp_path: Path) -> None:
    local = saved(tmp_path, "supervision_id,professional_id\nS1,W1\n", "supervision.csv")
    assert read(local, adapter=LocalTables()).brief() == [
        ("column-missing", "warning", "supervision_date", 1),
        ("column-missing", "warning", "reflective_flag", 1),
    ]
    contacts = saved(tmp_path, "cont_contact_id,cont_person_id\nC1,P1\n", "ssd_contacts.csv")
    assert read(contacts).brief() == [("column-missing", "warning", "cont_contact_date", 1)]


def test_a_file_that_is_no_table_is_a_stop_when_it_is_to_be_read(tmp_path: Path) -> None:
    reading = read(saved(tmp_path, "a;b;c\n1;2;3\n", "ssd_person.csv"))
    assert reading.brief() == [("no-table", "stop", None, None)]
    assert "a, b, c" in reading.only("no-table").problem.message


def test_care_leavers_without_a_day_are_of_the_edition(tmp_path: Path) -> None:
    reading = read(saved(tmp_path, "clea_table_id,clea_person_id\nL1,P1\n", "ssd_care_leavers.csv"))
    assert reading.brief() == []
    assert [row["as_at"].isoformat() for row in reading.tables["ssd_care_leavers"]] == ["2026-09-30"]
    own = saved(tmp_path, "clea_table_id,clea_person_id,as_at\nL1,P1,31/08/2026\n", "ssd_care_leavers.csv")
    assert [row["as_at"].isoformat() for row in read(own).tables["ssd_care_leavers"]] == ["2026-08-31"]


def test_a_table_without_rows_is_supplied_and_told(tmp_path: Path) -> None:
    reading = read(saved(tmp_path, f"{PERSON}\n"))
    assert reading.brief() == [("no-rows", "warning", None, None)]
    assert reading.tables == {"ssd_person": []}
