"""Every declared table can be made, keyed and dated; the types and allowed values are known ones."""

from __future__ import annotations

import re

import duckdb
import pytest

from improvement_board.declared.kpis import KPI_ID
from improvement_board.declared.tables import DUCKDB_TYPES, Table, declared_tables
from improvement_board.errors import InputError
from improvement_board.sql.queries import query_text

TABLES = declared_tables()
LOCAL = [
    "workforce",
    "vacancies",
    "supervision",
    "management_decisions",
    "training",
    "contact_decisions",
    "organisations",
    "cin_reviews",
    "audits",
    "audit_standards",
    "audit_actions",
    "feedback",
    "life_story",
    "stability_meetings",
    "homeless_young_people",
    "custody",
    "custody_visits",
    "assessment_tools",
    "return_interviews",
    "attendance",
    "conference_attendance",
    "peps",
]


def test_the_local_tables_and_the_standard_datasets_are_declared() -> None:
    assert set(LOCAL) <= set(TABLES)
    assert sum(name.startswith("ssd_") for name in TABLES) == len(TABLES) - len(LOCAL)
    assert {"ssd_person", "ssd_cin_episodes", "ssd_involvements", "ssd_department"} <= set(TABLES)


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_a_declared_table_can_be_made_keyed_and_dated(table: Table) -> None:
    columns = {column.name: column for column in table.columns}
    assert len(columns) == len(table.columns)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in columns)
    assert all(column.type in DUCKDB_TYPES for column in table.columns)
    assert table.key
    assert set(table.key) <= set(columns)
    if table.dated_by is not None:
        assert columns[table.dated_by].type in ("date", "time")
    if table.name in LOCAL:
        assert KPI_ID.fullmatch(table.name)
        assert table.grain
        assert all(set(column.allowed) <= {"Y", "N"} for column in table.columns if column.type == "flag")


def test_every_type_is_one_of_duckdbs() -> None:
    for kind in DUCKDB_TYPES.values():
        assert duckdb.connect().sql(f"select cast(null as {kind})").fetchall() == [(None,)]


def test_a_view_that_is_not_there_is_an_error() -> None:
    with pytest.raises(InputError, match="is missing"):
        query_text("views/nowhere")
    assert "from changes" in query_text("views/changes")
