"""The checks of a table are asked together, in few queries, and find what each finds alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from case_parts import contact
from check_rows import checked, failing, spoiled

from improvement_board.checks import CheckOutcome, load_checks, run_checks, running
from improvement_board.checks.conditions import condition_of
from improvement_board.checks.together import Numbered, Statement
from improvement_board.sources.merge import FileCount, Merged
from improvement_board.sql.session import QueryError

PARENTS = ("ssd_person", "ssd_professionals", "ssd_department")
SPOILED = ("ssd_contacts", "ssd_cin_episodes", "ssd_cin_assessments", "ssd_cp_plans", "ssd_cla_episodes", "attendance")


def told(outcome: CheckOutcome) -> list[object]:
    """All that came of the checks, but for where it was written."""
    counts = [
        (
            check_result.check.name,
            check_result.check.table,
            check_result.check.column,
            check_result.failures,
            check_result.first,
        )
        for check_result in outcome.results
    ]
    rejects = sorted(map(repr, pq.read_table(outcome.rejects).to_pylist()))
    return [counts, outcome.findings, outcome.rejected, rejects]


def alone(_: Sequence[Numbered]) -> Statement:
    """In place of a statement that counts: one that fails."""
    return Statement("select nothing", {})


def test_checks_of_a_table_together_find_what_each_finds_alone(
    small_records: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = duckdb.connect()
    files = {name: max(small_records.iterdir()) / f"{name}.parquet" for name in (*PARENTS, *SPOILED)}
    tables = {name: Merged(name, files[name], (FileCount("ssd", name, 0, 0),)) for name in PARENTS}
    tables |= {name: spoiled(connection, files[name], name, tmp_path) for name in SPOILED}
    together = run_checks(tables, date(2026, 9, 30), tmp_path / "together")
    assert sum(bool(check_result.failures) for check_result in together.results) > 20
    monkeypatch.setattr(running, "count_failures", alone)
    assert told(run_checks(tables, date(2026, 9, 30), tmp_path / "alone")) == told(together)


def test_most_checks_of_single_rows_share_one_scan() -> None:
    names = {check.name for check in load_checks() if check.condition}
    assert names >= {"empty_key", "empty_date", "date_in_future", "date_long_past", "unknown_code", "ends_before_start"}


@pytest.mark.parametrize(
    ("sql", "condition"),
    [
        ("select _id, day as value from visits where day is null", "(checked.\"day\" IS NULL)"),
        ("select v._id, v.day from visits as v where v.day < $first", "(checked.\"day\" < $first)"),
        (
            "select v._id, v.day from visits as v cross join edition where v.day > edition.day",
            '(checked."day" > edition."day")',
        ),
    ],
)  # fmt: skip
def test_a_condition_on_the_rows_of_a_table_is_known(sql: str, condition: str) -> None:
    assert condition_of(sql) == ("visits", condition)


@pytest.mark.parametrize(
    "sql",
    [
        "select _id, day from visits",
        "select distinct _id, day from visits where day is null",
        "select _id, day from visits where day is null limit 1",
        "select _id, day from visits where day in (select day from edition)",
        "select _id, day from visits cross join edition where day is null",
        "select _id, day from visits where len(list_filter([1], lambda day: day > 1)) = 0",
        "select count(*) as _id, 'x' as value from visits where day is null",
        "select max(_id) as _id, 'x' as value from visits where day is null",
        "with visits as (select 1 as _id, null as day) select _id, day from visits where day is null",
        "select _id, day from visits join others using (day) where day is null",
        "select _id, day from visits qualify row_number() over (partition by day) > 1",
        "select _id, day from visits where day is null union all select 1, null",
        "select _id, day from visits tablesample 10% where day is null",
        "select _id, day from other.visits where day is null",
        "select 1; select 2",
        "no query",
    ],
)
def test_what_asks_for_more_is_asked_by_itself(sql: str) -> None:
    assert condition_of(sql) is None


def own_check(folder: Path, name: str, query: str) -> None:
    (folder / f"{name}.sql").write_text(
        '/*---\ntitle = "Odd contacts"\nseverity = "warning"\ntable = "ssd_contacts"\nmessage = "is odd"\n'
        f'allowed = "another"\nadvice = "None needed."\n[parameters]\nwanted = "{name}"\n---*/\n{query}\n',
        encoding="utf-8",
    )


def test_a_check_that_fails_at_work_is_named_though_it_ran_with_others(tmp_path: Path) -> None:
    own_check(
        tmp_path, "broken", "select _id, '' as value from ssd_contacts where cast(cont_contact_id as date) > $wanted"
    )
    own_check(tmp_path, "fine", "select _id, '' as value from ssd_contacts where cont_contact_id = $wanted")
    with pytest.raises(QueryError, match=r"broken\.sql: the query failed: Conversion Error"):
        checked(tmp_path, {"ssd_contacts": [contact("fine", date(2026, 6, 1))]}, own=tmp_path)


def test_parameters_of_the_same_name_are_told_apart(tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        own_check(tmp_path, name, "select _id, '' as value from ssd_contacts where cont_contact_id = $wanted")
    rows = [contact(number, date(2026, 6, 1)) for number in ("two", "other", "one")]
    outcome = checked(tmp_path, {"ssd_contacts": rows}, own=tmp_path)
    assert [failing(outcome, name, "ssd_contacts") for name in ("one", "two", "three")] == [[3], [1], []]
