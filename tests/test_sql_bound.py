"""No text that came from a person reaches SQL: what is asked is a file's text or a constant, its values bound.

Read from the code itself: every call that hands SQL to DuckDB, wherever it stands.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from places import REPOSITORY

ASKING = {"sql", "execute", "executemany", "query", "from_query", "project", "filter", "order"}
AT_RUN_TIME = ("page_models", "figures", "editions", "sql", "dashboard", "html", "words", "charts", "access", "spc")
# Identifiers and settings that DuckDB cannot bind, each from a declaration of this repository, never from a person:
# table and column names of queries/tables.toml or of the contracts, numbers of the machine, the code's own constants.
DECLARED = {
    "improvement_board/benchmarks/engine.py",
    "improvement_board/checks/rejecting.py",
    "improvement_board/checks/running.py",
    "improvement_board/checks/views.py",
    "improvement_board/records/column_use.py",
    "improvement_board/building/extracts.py",
    "improvement_board/records/files.py",
    "improvement_board/records/pseudonyms.py",
    "improvement_board/building/records.py",
    "improvement_board/sources/merge.py",
    "improvement_board/sources/tabular/conversion.py",
    "improvement_board/sources/tabular/parquet_tables.py",
    "improvement_board/sources/team_names.py",
    "improvement_board/sources/written_ids.py",
    "improvement_board/sql/session.py",
}
NUMBERED = "f'scratch_{next(_NUMBERS)}'"  # the one name that the seam makes up: a number that the process counts


def code_files() -> list[Path]:
    """Every file of code that runs in the product."""
    return [
        REPOSITORY / "app.py",
        *(REPOSITORY / "pages").glob("*.py"),
        *(REPOSITORY / "improvement_board").rglob("*.py"),
    ]


@cache
def nodes_of(file: Path) -> tuple[ast.AST, ...]:
    """Every node of a file of code."""
    return tuple(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))


def built_texts(file: Path) -> Iterator[ast.Call]:
    """Calls that hand DuckDB a text put together on the spot: an f-string, a sum, a format, a replacement, a join."""
    for call in nodes_of(file):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in ASKING):
            continue
        for argument in call.args[:1]:
            if is_built(argument):
                yield call


def is_built(node: ast.expr) -> bool:
    """Whether an expression puts a text together from parts that are not all constants."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, (ast.Add, ast.Mod))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr in {"format", "replace", "join", "format_map", "substitute"}
    return False


def calls_of(file: Path, *functions: str) -> Iterator[ast.Call]:
    """The calls of these functions by their names alone."""
    for call in nodes_of(file):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in functions:
            yield call


def is_named(table: str) -> bool:
    """Whether the code names the table to be made: a constant, or what a function that is held to it hands on."""
    return isinstance(ast.parse(table, mode="eval").body, ast.Constant) or table in {"table", "query.name"}


def test_text_is_only_put_together_where_it_is_declared() -> None:
    files_that_build = {str(file.relative_to(REPOSITORY)) for file in code_files() if next(built_texts(file), None)}
    assert files_that_build == DECLARED


def test_what_serves_people_puts_none_together() -> None:
    built_where_served = [
        (file.name, ast.unparse(call.args[0]))
        for file in code_files()
        if file.parent.name in (*AT_RUN_TIME, "pages") or file.name == "app.py"
        for call in built_texts(file)
    ]
    own = "improvement_board/sql/session.py"
    assert {name for name, _ in built_where_served} == {Path(own).name}
    assert all("{database}" in text or "{quoted(table)}" in text for _, text in built_where_served)
    made = [ast.unparse(call.args[1]) for file in code_files() for call in calls_of(file, "create", "create_as")]
    assert [name for name in made if not is_named(name)] == []
    assert f"database = {NUMBERED}" in ast.unparse(ast.parse((REPOSITORY / own).read_text(encoding="utf-8")))


def test_views_are_named_in_the_code() -> None:
    """Every view that the desk asks is named by a constant: no address chooses a file."""
    rooms = ("page_models", "figures", "editions")
    for file in (file for room in rooms for file in (REPOSITORY / "improvement_board" / room).rglob("*.py")):
        for call in nodes_of(file):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "rows":
                assert isinstance(call.args[0], ast.Constant), f"{file.name}, line {call.lineno}"


@pytest.mark.parametrize(
    ("code", "built"),
    [
        ('connection.sql(f"select {name}")', True),
        ('connection.execute("select " + name)', True),
        ('cursor.execute("select {}".format(name))', True),
        ('cursor.sql(text.replace("$a", name))', True),
        ('cursor.sql(read_view("teams"), params=bound)', False),
        ('cursor.execute("select $name", {"name": name})', False),
    ],
)
def test_the_scan_finds_what_it_is_for(tmp_path: Path, code: str, built: bool) -> None:
    file = tmp_path / "code.py"
    file.write_text(code, encoding="utf-8")
    assert (next(built_texts(file), None) is not None) == built
