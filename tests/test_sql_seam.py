"""There is one way to DuckDB: `improvement_board/sql` connects, reads texts of SQL, and names and times each query."""

from __future__ import annotations

import ast
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from places import REPOSITORY
from test_sql_bound import code_files, nodes_of

from improvement_board.sql.parsing import tables_of
from improvement_board.sql.queries import defined_query
from improvement_board.sql.session import QueryError, asking, connect, run, scratch

CONNECTS, READS = "improvement_board/sql/session.py", "improvement_board/sql/queries.py"
READING = {"read_text", "read_bytes", "open"}


def calls(file: Path) -> Iterator[str]:
    """What a file of code calls, as it is written: `duckdb.connect`, `file.read_text`."""
    for node in nodes_of(file):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def names_sql(file: Path) -> bool:
    """Whether a file of code names files of SQL, but in its docstrings."""
    texts = (node for node in nodes_of(file) if isinstance(node, ast.Constant))
    return any(str(node.value).endswith(".sql") and " " not in str(node.value) for node in texts)


def test_one_module_connects() -> None:
    asking = re.compile(r"duckdb\.(connect|cursor|default_connection|sql|query|execute|read_|from_)")
    connecting = {str(file.relative_to(REPOSITORY)) for file in code_files() if any(map(asking.match, calls(file)))}
    assert connecting == {CONNECTS}


def test_one_module_reads_texts_of_sql() -> None:
    naming = {str(file.relative_to(REPOSITORY)): file for file in code_files() if names_sql(file)}
    reading = {name for name, file in naming.items() if any(call.rpartition(".")[2] in READING for call in calls(file))}
    assert reading == {READS}


def test_a_query_that_fails_is_named_and_each_is_timed(caplog: pytest.LogCaptureFixture) -> None:
    with connect() as connection, caplog.at_level(logging.DEBUG):
        with pytest.raises(
            QueryError, match=r"^queries/views/period_ends\.sql: the query failed: .*figures"
        ) as refused:
            run(connection, "views/period_ends")
        assert isinstance(refused.value.error, duckdb.CatalogException)
        with asking("own.sql"):
            connection.execute("select 1")
    timed = [message.partition(":")[0] for message in caplog.messages if message.endswith(" ms")]
    assert timed == ["queries/views/period_ends.sql", "own.sql"]


def test_a_connection_has_the_limits_that_it_is_given(tmp_path: Path) -> None:
    with connect(memory="200MB", spill=tmp_path, threads=1) as connection:
        asked = "select current_setting('threads'), current_setting('memory_limit'), current_setting('temp_directory')"
        assert connection.execute(asked).fetchall() == [(1, "190.7 MiB", str(tmp_path))]


def test_each_scratch_has_its_own_tables_and_leaves_none() -> None:
    with scratch() as first, scratch() as second:
        for number, connection in enumerate((first, second)):
            connection.execute(f"create table numbers as select {number} as number")
        assert [connection.table("numbers").fetchall() for connection in (first, second)] == [[(0,)], [(1,)]]
    with pytest.raises(duckdb.Error), scratch() as failed:
        failed.execute("begin; create table numbers as select 1 as number; select error('refused')")
    with scratch() as after:
        assert not after.execute("from duckdb_tables()").fetchall()
        databases = after.execute("select database_name from duckdb_databases() where not internal").fetchall()
    assert len([name for (name,) in databases if name.startswith("scratch_")]) == 1


@pytest.mark.parametrize(
    ("sql", "tables"),
    [
        ("from ssd_person", {"ssd_person"}),
        ('from "SSD_Person" as p', {"ssd_person"}),
        ("from main.ssd_person", {"ssd_person"}),
        ("select 1 from workers where team in (select team from teams where day > $day)", {"workers", "teams"}),
        ("with months as (select * from months) select * from months", {"months"}),
        ("with months as (select 1 as a) select * from months", set()),
        ("select 'ssd_person' as source /* ssd_person */", set()),
        ("select * from range(3) as one, lateral (select * from visits where number = one.range)", {"visits"}),
    ],
)  # fmt: skip
def test_the_tables_of_a_query_are_those_that_duckdb_finds(sql: str, tables: set[str]) -> None:
    assert tables_of(sql) == tables


def test_a_parameter_stands_for_its_value_where_tables_are_asked_for() -> None:
    sql = "select sum(a) over (order by day range between $days preceding and current row) from visits where b in $c"
    assert tables_of(sql, {"days": 3, "c": ["it's", "x"]}) == {"visits"}


def test_no_file_is_opened_to_name_the_tables_of_a_query(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("hush", encoding="utf-8")
    with pytest.raises(duckdb.PermissionException):
        tables_of(f"select * from read_text('{tmp_path / 'secret.txt'}')")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("/*---\na = 1\n---*/\nselect 1\n", ("a = 1", "select 1")),
        ("\n/*---\n\n---*/", ("", "")),
        ("select 1", None),
        ("select 1\n/*---\na = 1\n---*/", None),
    ],
)
def test_the_leading_definition_is_parted_from_the_query(text: str, parts: tuple[str, str] | None) -> None:
    assert defined_query(text) == parts
