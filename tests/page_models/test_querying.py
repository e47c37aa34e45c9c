"""How views are asked: they read only, for so long, in so much memory, and reach nothing outside."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import duckdb
import pytest
from small_council import Council

from improvement_board.common.shipped import QUERIES
from improvement_board.errors import InputError
from improvement_board.sql import limits, session
from improvement_board.sql.queries import query_text
from improvement_board.sql.session import ask, reading

ENDLESS = "select sum(a.range * b.range) from range(10000000) as a, range(10000000) as b"
VAST = "select list(range) as numbers from range(10000000)"


@pytest.fixture
def connection(desk_council: Council) -> duckdb.DuckDBPyConnection:
    return desk_council.store("2026-09-30").connection


@pytest.fixture
def views(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Views by name, in place of those of the repository."""
    made: dict[str, str] = {}

    def text(query: str) -> str:
        name = query.removeprefix("views/")
        return made[name] if name in made else query_text(query)

    monkeypatch.setattr(session, "query_text", text)
    reading.cache_clear()
    yield made
    reading.cache_clear()


def test_a_query_that_takes_too_long_is_stopped(
    connection: duckdb.DuckDBPyConnection, views: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "MOST_SECONDS", 0.05)
    views |= {"endless": ENDLESS, "quick": "select 1 as one"}
    with pytest.raises(InputError, match=r"endless\.sql.*stopped after 0.05 seconds"):
        ask(connection, "endless", {})
    assert ask(connection, "quick", {}) == [{"one": 1}]


class SlowTimer(threading.Timer):
    """A timer whose thread comes to its end a little after it was cancelled, as on a busy machine."""

    made: ClassVar[list[threading.Timer]] = []

    def __init__(self, interval: float, function: Callable[[], object]) -> None:
        super().__init__(interval, function)
        self.made.append(self)

    def run(self) -> None:
        super().run()
        threading.Event().wait(0.05)


def test_the_timer_of_a_query_is_over_when_the_query_is(
    connection: duckdb.DuckDBPyConnection, views: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "Timer", SlowTimer)
    views["quick"] = "select 1 as one"
    ask(connection, "quick", {})
    assert [timer.is_alive() for timer in SlowTimer.made] == [False]


def test_a_query_that_needs_too_much_memory_fails_and_leaves_nothing_on_the_disk(
    desk_council: Council, views: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MEMORY", "50MB")
    monkeypatch.chdir(tmp_path)
    connection = desk_council.store("2026-09-30").connection
    views["vast"] = VAST
    with pytest.raises(InputError, match=r"vast\.sql: the query failed"):
        ask(connection, "vast", {})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text",
    [
        "drop table extracts",
        "select 1; drop table extracts",
        "copy extracts to 'out.csv'",
        "insert into teams values ('x', 'y', null, null)",
        "set threads = 1",
        "attach 'other.db'",
        "",
    ],
)
def test_what_does_not_only_read_is_not_asked(
    connection: duckdb.DuckDBPyConnection, views: dict[str, str], text: str
) -> None:
    views["other"] = text
    with pytest.raises(InputError, match="only reads"):
        ask(connection, "other", {})
    assert ask(connection, "there", {}) if views.setdefault("there", "from extracts limit 1") else False


@pytest.mark.parametrize(
    "text",
    [
        "select * from read_csv('/etc/hostname')",
        "select * from read_text('/etc/hostname')",
        "select * from glob('/*')",
        "select * from 'plan.toml'",
        "select * from read_parquet('https://example.org/a.parquet')",
    ],
)
def test_nothing_outside_can_be_read(connection: duckdb.DuckDBPyConnection, views: dict[str, str], text: str) -> None:
    views["outside"] = text
    with pytest.raises(InputError, match=r"outside\.sql: the query failed"):
        ask(connection, "outside", {})


@pytest.mark.parametrize("text", ["set memory_limit = '1TB'", "set enable_external_access = true", "install httpfs"])
def test_no_setting_can_be_changed(connection: duckdb.DuckDBPyConnection, text: str) -> None:
    with pytest.raises(duckdb.Error):
        connection.cursor().execute(text)


def test_every_view_that_the_desk_asks_only_reads() -> None:
    for file in (QUERIES / "views").glob("*.sql"):
        if not file.stem.startswith(("create_", "drop_")):  # asked while an edition is loaded, before it is locked
            assert reading(file.stem)


def test_a_parameter_is_never_part_of_the_text(connection: duckdb.DuckDBPyConnection) -> None:
    hostile = "'; drop table extracts; --"
    asked = {"kpis": [hostile], "last": "2026-09-30", "level": hostile, "by_category": False, "by": hostile}
    assert ask(connection, "export_series", {**asked, "team": hostile}) == []
    with pytest.raises(InputError, match=r"export_series\.sql"):
        ask(connection, "export_series", {**asked, "team": None, "more": hostile})
