"""SQL that stands in files reads the tables it is given, and reaches no file, host or setting."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from improvement_board.declared.kpis import load_library
from improvement_board.errors import InputError
from improvement_board.records.column_use import columns_needed
from improvement_board.sql.limits import lock, only_reads

REACHES = {
    "a file": "select content as _id, '' as value from read_text('{outside}')",
    "a file's name": "select * from glob('{outside}')",
    "a table in a file": "select * from '{outside}'",
    "a file beside an open folder": "select * from read_text('{inside}/../outside.csv')",
    "the network": "select * from read_text('https://localhost:1/x')",
    "a database": "attach '{outside}.db'",
    "an extension": "install httpfs",
    "a setting": "set enable_external_access = true",
    "a copy": "copy (select 1) to '{outside}'",
}


@pytest.mark.parametrize("what", REACHES)
def test_a_locked_connection_reaches_nothing_outside(tmp_path: Path, what: str) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside.csv"
    inside.mkdir()
    outside.write_text("secret\n1\n", encoding="utf-8")
    (inside / "table.csv").write_text("a\n7\n", encoding="utf-8")
    connection = duckdb.connect()
    connection.read_csv(str(inside / "table.csv")).create_view("given")
    lock(connection, [inside / "table.csv"], [inside])
    assert connection.sql("select a from given").fetchall() == [(7,)]
    with pytest.raises(duckdb.Error):
        connection.execute(REACHES[what].format(inside=inside, outside=outside)).fetchall()
    assert outside.read_text(encoding="utf-8") == "secret\n1\n"


@pytest.mark.parametrize(
    "sql", ["drop table given", "select 1; select 2", "copy (select 1) to 'x.csv'", "attach 'x.db'", "selekt", ""]
)
def test_what_does_more_than_read_is_refused(sql: str) -> None:
    with pytest.raises(InputError, match=r"own\.sql"):
        only_reads(sql, "own.sql")


def test_every_kpi_only_reads() -> None:
    for definition in load_library().values():
        if definition.has_query:
            only_reads(definition.sql, definition.file)


@pytest.mark.parametrize("sql", ["select 1; copy (select 1) to '{written}'", "select * from read_text('{there}')"])
def test_asking_which_columns_a_query_rests_on_neither_runs_it_nor_opens_a_file(tmp_path: Path, sql: str) -> None:
    """The second: a file that is planned with would give its columns, and one on a host would be asked for."""
    written, there = tmp_path / "written.csv", tmp_path / "there.csv"
    there.write_text("audits", encoding="utf-8")
    definition = load_library()["audits_good"]
    mixed = f"{sql.format(written=written, there=there)} -- audits planned_date"
    assert ("audits", "planned_date") in columns_needed(definition.model_copy(update={"sql": mixed}))
    assert not written.exists()
