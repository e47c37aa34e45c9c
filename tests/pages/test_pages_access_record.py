"""The access record's page, and what opening pages notes in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from opening import (
    INDICATOR,
    PLAN,
    downloads,
    notices,
    open_app,
    title,
    words_of,
)
from streamlit.testing.v1 import AppTest

from improvement_board.access.record import RECORD_VARIABLE, AccessRecord
from improvement_board.access.record_entry import RecordEntry
from improvement_board.access.record_files import RecordFolder
from improvement_board.access.roles import ROLES
from improvement_board.dashboard.noting import record

RECORD = "pages/access_record.py"
HOSTILE = "<img src=x onerror=alert(1)>" + "x" * 5000


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of its own for the record of each test."""
    monkeypatch.setenv(RECORD_VARIABLE, str(tmp_path / "record"))
    yield tmp_path / "record"
    kept = record()
    assert isinstance(kept, AccessRecord)
    kept.close()


def noted(folder: Path) -> list[RecordEntry]:
    kept = record()
    assert isinstance(kept, AccessRecord)
    assert kept.flush(60)
    return [entry for entry in RecordFolder(folder).read() if entry]


def open_record(**parameters: str) -> AppTest:
    """Open the page: its address is known once the app has run."""
    app = open_app(PLAN, as_="auditor", **parameters) if "as_" not in parameters else open_app(PLAN, **parameters)
    app.switch_page(RECORD)
    return app.run()


def test_the_page_shows_what_was_noted_and_itself(folder: Path) -> None:
    RecordFolder(folder).append(
        dt.datetime.now(dt.UTC).date(),
        RecordEntry(
            dt.datetime.now(dt.UTC), HOSTILE, "member", "download", HOSTILE, {"kpi": HOSTILE}, HOSTILE, 9
        ).to_line(),
    )
    app = open_record()
    assert not app.exception
    assert title(app) == "Access record"
    assert notices(app) == []
    assert "1 download (9 rows)" in words_of(app)
    assert not any("<img src=x" in element.proto.body for element in app.get("html"))
    assert downloads(app) == ["these entries (CSV)"]
    assert [entry.page for entry in noted(folder) if entry.event == "page"][-1] == "access-record"


@pytest.mark.parametrize("role", [role for role in ROLES if role != "auditor"])
def test_the_page_is_for_auditors_alone(folder: Path, role: str) -> None:
    RecordFolder(folder).append(
        dt.datetime.now(dt.UTC).date(), RecordEntry(dt.datetime.now(dt.UTC), "secret name", "member", "page").to_line()
    )
    app = open_record(as_=role)
    assert not app.exception
    assert "secret name" not in words_of(app)
    assert "not for your role" in title(app)
    assert "access-record" not in [entry.page for entry in noted(folder) if entry.event == "page"]


def test_a_page_is_noted_once_for_each_address(folder: Path) -> None:
    app = open_app(INDICATOR, kpi="agency_rate", team="Assessment North", as_="member")
    app.run()
    app.run()
    app.query_params["kpi"] = "caseload"
    app.run()
    found = [entry for entry in noted(folder) if entry.page == "indicator"]
    assert [entry.filters.get("kpi") for entry in found] == ["agency_rate", "caseload"]
    assert {(entry.who, entry.role, entry.event) for entry in found} == {("without sign-in", "member", "page")}


def test_of_an_address_only_what_holds_and_known_keys_are_noted(folder: Path) -> None:
    open_app(INDICATOR, kpi=HOSTILE, team=HOSTILE, from_="yesterday", other="secret")
    (found,) = [entry for entry in noted(folder) if entry.page == "indicator"]
    assert found.filters.keys() == {"kpi"}
    assert len(found.filters["kpi"]) <= 200


def test_a_record_that_cannot_be_written_stops_no_page(folder: Path) -> None:
    folder.write_text("not a folder", encoding="utf-8")
    app = open_app(PLAN)
    assert not app.exception
    assert "plan on a page" in title(app)


def test_unknown_filters_are_noticed() -> None:
    app = open_record(event="burglary", person="somebody")
    assert not app.exception


def test_an_auditor_without_figures_begins_with_the_record() -> None:
    app = open_app(PLAN, as_="auditor")
    assert not app.exception
    assert title(app) == "Access record"
