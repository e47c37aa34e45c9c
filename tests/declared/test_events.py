"""Events are read or refused by line, and each chart gets those that concern it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from places import REPOSITORY

from improvement_board.declared.events import Event, events_for, read_events
from improvement_board.errors import InputError, Problem

HEADER = "date,title,kind,scope,rebase\n"


def write(folder: Path, text: str | bytes) -> Path:
    file = folder / "events.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def problems_of(folder: Path, text: str | bytes) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as error:
        read_events(write(folder, text))
    assert all(problem.file == folder / "events.csv" for problem in error.value.problems)
    return error.value.problems


def test_events_come_in_date_order_whatever_the_files_order(tmp_path: Path) -> None:
    rows = '2022-01-01,"Redesign, whole",redesign,leadership,yes\n\n2020-04-01,Schools closed,school closure,all,no\n'
    events_read = read_events(write(tmp_path, "\ufeff" + HEADER + rows))
    assert events_read == (
        Event(date(2020, 4, 1), "Schools closed", "school closure", "all", False),
        Event(date(2022, 1, 1), "Redesign, whole", "redesign", "leadership", True),
    )


def test_no_file_is_no_event(tmp_path: Path) -> None:
    assert read_events(tmp_path / "events.csv") == ()


def test_the_demonstration_councils_events_are_read() -> None:
    assert any(event.rebase for event in read_events(REPOSITORY / "data" / "events.csv"))


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        ("01/04/2020,Closed,other,all,no", "date", "01/04/2020"),
        ("2020-02-30,Closed,other,all,no", "date", "2020-02-30"),
        (",Closed,other,all,no", "date", ""),
        ("2020-04-01,,other,all,no", "title", None),
        ("2020-04-01, ,other,all,no", "title", None),
        ("2020-04-01,Closed,pandemic,all,no", "kind", "pandemic"),
        ("2020-04-01,Closed,other,,no", "scope", None),
        ("2020-04-01,Closed,other,all,True", "rebase", "True"),
        ("2020-04-01,Closed,other,all", "rebase", None),
    ],
)
def test_a_bad_row_is_named_by_line_and_column(tmp_path: Path, row: str, column: str, value: str | None) -> None:
    (problem,) = problems_of(tmp_path, f"{HEADER}2019-01-01,Fine,other,all,no\n\n{row}\n")
    assert (problem.row, problem.column, problem.value) == (4, column, value)


def test_every_bad_row_is_told(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, HEADER + "x,Closed,pandemic,all,no\n2020-04-01,Closed,other,all,maybe\n")
    assert [(problem.row, problem.column) for problem in problems] == [(2, "date"), (2, "kind"), (3, "rebase")]
    assert problems[1].allowed == "inspection, redesign, school closure, system change, other"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("date,title,kind,scope\n", "the column is missing"),
        ("", "the column is missing"),
        (HEADER.encode() + b"2020-04-01,caf\xe9,other,all,no\n", "is not UTF-8 text"),
        (f"{HEADER}2020-04-01,{'x' * 200_000},other,all,no\n", "cannot be read as CSV"),
    ],
)
def test_a_file_that_is_no_events_file_is_refused(tmp_path: Path, text: str | bytes, message: str) -> None:
    (problem,) = problems_of(tmp_path, text)
    assert message in problem.message


EVERYWHERE, KPI, AMBITION, TEAM, OTHER = (
    Event(date(2020, 1, day), scope, "other", scope, False)
    for day, scope in enumerate(("all", "contacts", "right-help", "North", "leadership"), start=1)
)


@pytest.mark.parametrize(
    ("team", "events_of_chart"), [(None, (EVERYWHERE, KPI, AMBITION)), ("North", (EVERYWHERE, KPI, AMBITION, TEAM))]
)
def test_a_chart_gets_the_events_that_concern_it(team: str | None, events_of_chart: tuple[Event, ...]) -> None:
    events = (EVERYWHERE, KPI, AMBITION, TEAM, OTHER)
    assert events_for(events, kpi="contacts", ambitions=["right-help"], team=team) == events_of_chart


@pytest.mark.parametrize("order", [1, -1])
def test_an_event_of_several_scopes_stands_once_and_rebases(order: int) -> None:
    plain, rebase = (
        Event(date(2021, 10, 1), "Redesign", "redesign", scope, scope != "all") for scope in ("all", "contacts")
    )
    assert events_for([plain, rebase][::order], kpi="contacts", ambitions=[], team=None) == (rebase,)
