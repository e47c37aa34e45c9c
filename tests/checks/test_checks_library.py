"""The checks as files: what they declare is there, what is wrong in one is said with its name, councils add theirs."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from case_parts import contact
from check_rows import checked, failing, rows_left

from improvement_board.checks import load_checks
from improvement_board.checks.kinds import KINDS
from improvement_board.checks.library import read_checks
from improvement_board.common.shipped import QUERIES
from improvement_board.declared.checks import FILE, declared_column, read_declarations
from improvement_board.declared.tables import declared_tables
from improvement_board.errors import InputError

OWN = """/*---
title = "Contacts on a Sunday"
severity = "error"
table = "ssd_contacts"
column = "cont_contact_date"
message = "is a Sunday"
allowed = "another day"
advice = "Ask the front door."
[parameters]
day_of_rest = 0
---*/
select
    _id,
    cont_contact_date as value
from ssd_contacts
where dayofweek(cont_contact_date) = $day_of_rest
"""
SUNDAY, MONDAY = date(2026, 6, 14), date(2026, 6, 15)


def own_check(folder: Path, text: str = OWN, name: str = "contacts_on_sunday") -> Path:
    """A council's folder of checks with one in it."""
    own = folder / "own"
    own.mkdir(parents=True, exist_ok=True)
    (own / f"{name}.sql").write_text(text, encoding="utf-8")
    return own


def refused(folder: Path, text: str, name: str = "contacts_on_sunday") -> str:
    with pytest.raises(InputError) as error:
        read_checks(own_check(folder, text, name) / f"{name}.sql")
    assert f"{name}.sql" in str(error.value)
    return str(error.value)


def test_everything_declared_is_there() -> None:
    lists = read_declarations()
    code_lists = tomllib.loads((QUERIES / "codes.toml").read_text(encoding="utf-8")).values()
    listed = [text for codes in code_lists for text in codes["columns"]]
    assert all(declared_column(text) for text in listed)
    optional = tomllib.loads((QUERIES / "optional_columns.toml").read_text(encoding="utf-8"))
    assert all(declared_column(f"{table}.{column}") for table, columns in optional.items() for column in columns)
    assert len(listed) == len(set(listed)), "a column has two lists"
    for name in ("may_be_empty", "may_be_later", "may_be_long_ago", "month_ends"):
        assert all(declared_column(text) for text in lists[name]), name
    for name in ("unborn", "after_death"):
        assert set(lists["lives"][name]) <= declared_tables().keys()
    assert lists["words"].keys() == {table.name for table in declared_tables().values() if table.dated_by}
    for kind, made in KINDS.items():
        assert list(made()), kind


@pytest.mark.parametrize("text", ["ssd_contacts.nothing", "nothing.cont_contact_id", "ssd_contacts"])
def test_a_declaration_of_nothing_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=f"{FILE.name}, {text}: names no declared column"):
        declared_column(text)


def test_no_two_checks_are_of_the_same_thing() -> None:
    made = [(check.name, check.table, check.column, tuple(check.parameters), check.sql) for check in load_checks()]
    assert len(made) == len(set(made))


def test_every_check_says_what_to_do() -> None:
    for check in load_checks():
        for words in (check.title, check.message, check.allowed, check.advice):
            assert words.strip() == words, check.name
            assert "$" not in words, check.name
        assert check.advice.endswith("."), check.name
        assert not check.title.endswith("."), check.name


def test_every_check_runs_on_tables_without_rows(tmp_path: Path) -> None:
    outcome = checked(tmp_path, {name: [] for name in declared_tables()})
    assert len(outcome.results) == len(load_checks())
    assert not outcome.not_run
    assert [result.check.name for result in outcome.results if result.failures] == []


@pytest.mark.parametrize("table", declared_tables())
def test_every_table_has_its_key_checked(table: str) -> None:
    names = {check.name for check in load_checks() if check.table == table}
    assert {"repeated_key", "many_rows_kept_out"} <= names


def test_a_council_adds_its_own_check(tmp_path: Path) -> None:
    rows = [contact("1", SUNDAY), contact("2", MONDAY)]
    outcome = checked(tmp_path, {"ssd_contacts": rows}, own=own_check(tmp_path))
    assert failing(outcome, "contacts_on_sunday", "ssd_contacts") == [1]
    assert [row["cont_contact_id"] for row in rows_left(outcome, "ssd_contacts")] == ["2"]


def test_a_councils_template_is_made_for_every_declaration(tmp_path: Path) -> None:
    text = OWN.replace('table = "ssd_contacts"\ncolumn = "cont_contact_date"', 'for_each = "date"')
    text = text.replace("cont_contact_date", "$this_column").replace("ssd_contacts", "$this_table")
    rows = {"ssd_contacts": [contact("1", SUNDAY)], "ssd_cin_visits": [{"cinv_cin_visit_date": SUNDAY}]}
    outcome = checked(tmp_path, rows, own=own_check(tmp_path, text))
    assert failing(outcome, "contacts_on_sunday", "ssd_cin_visits", "cinv_cin_visit_date") == [1]


def test_without_a_folder_there_are_no_checks_of_its_own(tmp_path: Path) -> None:
    assert load_checks(tmp_path / "nothing") == load_checks()


def test_a_councils_check_may_not_take_another_ones_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"orphan\.sql: has the name of a check of the dashboard's"):
        load_checks(own_check(tmp_path, name="orphan"))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("/*---", "", "has no check"),
        (OWN[OWN.index("---*/") + 5 :], "", "has no check"),
        ('"error"', '"catastrophe"', "severity = 'catastrophe'"),
        ('title = "', 'title = ', "not valid TOML"),
        ("day_of_rest = 0", 'day_of_rest = 0\n[more]', "more: is not a known key"),
        ('"ssd_contacts"', '"contacts"', "table = 'contacts': is no declared table"),
        ('"cont_contact_date"', '"contact_date"', "column = 'contact_date': is no column of the table"),
        ('table = "ssd_contacts"', 'for_each = "thing"', "for_each = 'thing': is no kind"),
        ('table = "ssd_contacts"', 'table = "ssd_contacts"\nfor_each = "key"', "for_each = 'key': is no kind"),
        ("= $day_of_rest", "= $day", r"asks for \$day"),
        ("on a Sunday", "on $weekday", "says what is not declared: 'weekday'"),
        ('advice = "Ask the front door."', "", "advice: Field required"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_check_is_said_with_its_file(before: str, after: str, said: str, tmp_path: Path) -> None:
    assert before in OWN
    assert said.replace("\\", "") in refused(tmp_path, OWN.replace(before, after, 1))


def test_a_check_needs_a_name_and_text(tmp_path: Path) -> None:
    assert "is not a check's name" in refused(tmp_path, OWN, "Contacts-on-Sunday")
    (own_check(tmp_path) / "odd.sql").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match=r"odd\.sql: is not UTF-8 text"):
        load_checks(tmp_path / "own")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("dayofweek(", "weekday_of(", "the query failed"),
        ("    _id,\n", "    _id as row_number,\n", "gives other columns"),
        ("as value", "as value,\n    1 as more", "gives other columns"),
        ("    _id,\n", "    cont_person_id as _id,\n", "the query failed"),
    ],
)
def test_a_query_that_fails_is_said_with_its_file(before: str, after: str, said: str, tmp_path: Path) -> None:
    own = own_check(tmp_path, OWN.replace(before, after))
    with pytest.raises(InputError, match=rf"contacts_on_sunday\.sql.*: {said}"):
        checked(tmp_path, {"ssd_contacts": [contact("1", SUNDAY)]}, own=own)
