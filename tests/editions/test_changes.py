"""What changed between two editions: each kind where it happened, nothing where nothing did, a sentence for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from small_council import JUNE, SEPTEMBER, Council, Row, month_ends, monthly, row

from improvement_board.access.viewer import EVERYONE
from improvement_board.page_models import Address, Board, Run
from improvement_board.page_models.models import PlanPage
from improvement_board.page_models.plan_page import plan_page

STEADY = [50, 52, 49, 51, 50, 48, 52, 50, 49, 51, 50, 52, 49, 51, 50, 51, 49, 50]
SPECIAL = [*STEADY[:-1], 20]
MOVED = [*STEADY[:3], 54, *STEADY[4:8], 50, *STEADY[9:]]
Values = Sequence[float | None]


def since_2020(target: float, **more: Any) -> Mapping[str, Any]:
    return {"targets": [{"from": date(2020, 1, 1), "value": target}], **more}


def at_the_end(value: float | None) -> Values:
    return [*STEADY[:-1], value]


@dataclass(frozen=True)
class Case:
    """One KPI in two editions: shares of 100 up to June, then up to a later month; what is told of it."""

    before: Values
    now: Values
    told: tuple[str, ...] = ()
    until: date = SEPTEMBER
    entry: Mapping[str, Any] = field(default_factory=dict)
    better: str = "higher"
    is_redefined: bool = False


NEW = "{} stood at {}.0% in September 2026: a new special cause, {}"
STILL = "{} stood at {}.0% in September 2026: still a special cause, {}"
CASES = {
    "quiet": Case(STEADY, [*STEADY, 50, 51, 50], entry=since_2020(50.0)),
    "rises": Case(STEADY, [*STEADY, 50, 51, 80], (NEW.format("Rises", 80, "improvement"),)),
    "falls": Case(STEADY, [*STEADY, 50, 51, 20], (NEW.format("Falls", 20, "concern"),)),
    "costs": Case(STEADY, [*STEADY, 50, 51, 80], (NEW.format("Costs", 80, "concern"),), better="lower"),
    "saves": Case(STEADY, [*STEADY, 50, 51, 20], (NEW.format("Saves", 20, "improvement"),), better="lower"),
    "swells": Case(STEADY, [*STEADY, 50, 51, 80], (NEW.format("Swells", 80, "high"),), better="neither"),
    "shrinks": Case(STEADY, [*STEADY, 50, 51, 20], (NEW.format("Shrinks", 20, "low"),), better="neither"),
    "past": Case(STEADY, [*STEADY, 80, 51, 50]),
    "stays_low": Case(SPECIAL, [*SPECIAL, 50, 51, 21], (STILL.format("Stays low", 21, "concern"),)),
    "turns": Case(SPECIAL, [*SPECIAL, 50, 51, 85], (NEW.format("Turns", 85, "improvement"),)),
    "told_before": Case(SPECIAL, SPECIAL, until=JUNE),
    "missed": Case(
        STEADY,
        [*STEADY, 50, 51, 49],
        ("Missed stood at 49.0% in September 2026, now missing the target of 50.0%",),
        entry=since_2020(50.0),
    ),
    "missed_above": Case(
        STEADY,
        [*STEADY, 50, 51, 51],
        ("Missed above stood at 51.0% in September 2026, now missing the target of 50.0%",),
        entry=since_2020(50.0),
        better="lower",
    ),
    "met": Case(
        at_the_end(49),
        [*at_the_end(49), 50, 51, 50],
        ("Met stood at 50.0% in September 2026, now meeting the target of 50.0%",),
        entry=since_2020(50.0),
    ),
    "no_direction": Case(STEADY, [*STEADY, 50, 51, 49], entry=since_2020(50.0), better="neither"),
    "new_target": Case(
        STEADY, [*STEADY, 50, 51, 50], entry={"targets": [{"from": date(2026, 7, 1), "value": 90.0}]}
    ),
    "missed_and_still_low": Case(
        SPECIAL,
        [*SPECIAL, 50, 51, 21],
        (
            "Missed and still low stood at 21.0% in September 2026, now missing the target of 50.0%",
            STILL.format("Missed and still low", 21, "concern"),
        ),
        entry={"targets": [{"from": date(2020, 1, 1), "value": 15.0}, {"from": date(2026, 9, 1), "value": 50.0}]},
    ),
    "restated": Case(
        STEADY,
        [*MOVED, 50, 51, 50],
        ("Restated for April 2025 was restated from 51.0% to 54.0%, and 1 other period",),
        better="lower",
    ),
    "redefined": Case(
        STEADY,
        [*MOVED, 50, 51, 50],
        ("Redefined is now defined differently: April 2025 was 51.0% and is now 54.0%, and 1 other period",),
        is_redefined=True,
    ),
    "redefined_alike": Case(STEADY, [*STEADY, 50, 51, 50], is_redefined=True),
    "went": Case(
        STEADY,
        [None, *STEADY[1:5], None, *STEADY[6:], 50, 51, 50],
        ("Went for June 2025 was restated from 48.0% to no figure, and 1 other period",),
    ),
    "came": Case(
        [*STEADY[:5], None, *STEADY[6:]],
        [*STEADY, 50, 51, 50],
    ),
    "restated_to_special": Case(
        STEADY,
        SPECIAL,
        (
            "Restated to special stood at 20.0% in June 2026: a new special cause, concern",
            "Restated to special stood at 20.0% in June 2026, now missing the target of 50.0%",
            "Restated to special for June 2026 was restated from 50.0% to 20.0%",
        ),
        until=JUNE,
        entry=since_2020(50.0),
    ),
    "older": Case(
        STEADY,
        at_the_end(None),
        ("Older for June 2026 was restated from 50.0% to no figure",),
        until=JUNE,
        entry=since_2020(50.0),
    ),
}  # fmt: skip


def shares(values: Values, last: date) -> list[Row]:
    return monthly([None if value is None else (float(value), 100.0) for value in values], last)


def publish(council: Council, cases: Mapping[str, Case]) -> None:
    """Both editions of every case."""
    definitions = [council.define(kpi, better=case.better) for kpi, case in cases.items()]
    entries = {kpi: case.entry for kpi, case in cases.items()}
    plan = council.plan(definitions, entries=entries)
    council.publish(JUNE, {kpi: shares(case.before, JUNE) for kpi, case in cases.items()}, plan)
    for kpi, case in cases.items():
        council.define(kpi, better=case.better, sql="select 2" if case.is_redefined else "select 1")
    council.publish(SEPTEMBER, {kpi: shares(case.now, case.until) for kpi, case in cases.items()}, plan)


def page_of(board: Board, changes: Sequence[Row]) -> PlanPage:
    desk = Run(board).look(EVERYONE).desk
    return plan_page(desk.frame(Address()), desk.store, {}, changes)


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    council = Council(tmp_path_factory.mktemp("changes"))
    publish(council, CASES)
    return council.board


@pytest.mark.parametrize("kpi", CASES)
def test_what_is_told_of_a_kpi(board: Board, kpi: str) -> None:
    rows = [change for change in Run(board).look(EVERYONE).desk.store.rows("changes") if change["kpi"] == kpi]
    assert tuple(change.sentence for change in page_of(board, rows).changes) == CASES[kpi].told
    assert all(change["previous"] == "2026-06-30" for change in rows)
    assert all(change["definition_changed"] == CASES[kpi].is_redefined for change in rows)


TOLERANCE = {
    "met_then_within": (50, 49, []),
    "missed_then_within": (47, 49, []),
    "within_then_missed": (49, 47, ["missed"]),
    "within_then_met": (49, 50, ["met"]),
    "met_then_missed": (50, 47, ["missed"]),
    "missed_then_met": (47, 50, ["met"]),
}


def test_within_its_tolerance_a_target_is_neither_newly_met_nor_newly_missed(council: Council) -> None:
    entry = since_2020(50.0, tolerance=2.0)
    publish(
        council,
        {
            kpi: Case(at_the_end(before), [*at_the_end(before), 50, 51, now], entry=entry)
            for kpi, (before, now, _) in TOLERANCE.items()
        },
    )
    board = council.board
    rows = Run(board).look(EVERYONE).desk.store.rows("changes")
    for kpi, (_, _, kinds) in TOLERANCE.items():
        of_kpi = [change for change in rows if change["kpi"] == kpi]
        assert [change["kind"] for change in of_kpi] == kinds, kpi
        assert len(page_of(board, of_kpi).changes) == len(kinds)


def test_changes_come_worst_first_then_in_the_plans_order_and_what_goes_on_last(board: Board) -> None:
    kinds_of_changes = [
        (change["kind"], change["goes_on"]) for change in Run(board).look(EVERYONE).desk.store.rows("changes")
    ]
    kinds = ("lost", "concern", "missed", "restated", "improvement", "met", "shifted")
    assert kinds_of_changes == sorted(
        kinds_of_changes, key=lambda kind_and_end: (kind_and_end[1], kinds.index(kind_and_end[0]))
    )
    concerns = [
        change["kpi"] for change in Run(board).look(EVERYONE).desk.store.rows("changes") if change["kind"] == "concern"
    ]
    assert concerns == ["falls", "costs", "restated_to_special", "stays_low", "missed_and_still_low"]


def test_the_plan_page_shows_eight_changes_with_the_restated_ones_as_one(board: Board) -> None:
    page = page_of(board, Run(board).look(EVERYONE).desk.store.rows("changes"))
    restated = [change.kpi for change in page.restated]
    assert restated == ["restated", "redefined", "went", "restated_to_special", "older"]
    assert len(page.changes) == 8
    assert page.changes_in_all == sum(len(case.told) for case in CASES.values())
    line = next(change for change in page.changes if change.kind == "restated")
    assert line.sentence.startswith("5 indicators were restated; the most: ")
    assert [change.kind for change in page.changes] == ["concern"] * 3 + ["missed"] * 4 + ["restated"]


def test_indicators_in_doubt_are_one_line_that_is_always_among_the_eight(board: Board) -> None:
    page = Run(board).look(EVERYONE).plan()
    assert [change.kpi for change in page.caveats] == ["told_before", "restated_to_special", "older"]  # late ones
    assert [change.kind for change in page.changes] == [*["concern"] * 3, *["missed"] * 4, "caveat"]
    assert page.changes[-1].sentence == ("3 indicators carry a data caveat: Told before, Restated to special and Older")
    assert page.changes[-1].page == "data-quality"


def test_the_first_edition_has_nothing_before_it(board: Board) -> None:
    assert Run(board).look(EVERYONE, Address(edition="2026-06-30")).desk.store.rows("changes") == []


def test_figures_in_another_unit_are_not_called_restated(council: Council) -> None:
    of = {"unit": "count", "timing": "snapshot", "better": "neither", "denominator": None}
    definition = council.define("children", benchmarks={"unit": "rate_per_10000"}, **of)
    counts = [300 + value for value in STEADY]
    council.publish(JUNE, {"children": monthly(counts, JUNE)}, council.plan([definition]))
    plan = council.plan([definition], more="[population]\n2019 = 50000\n")
    council.publish(SEPTEMBER, {"children": monthly([*counts, 350, 351, 700])}, plan)
    (change,) = council.store("2026-09-30").rows("changes")
    assert (change["kind"], change["now"], change["before"]) == ("shifted", 140.0, None)
    words = "Children stood at 140.0 per 10,000 in September 2026: a new special cause, high"
    assert [told.sentence for told in page_of(council.board, [change]).changes] == [words]


def test_what_binary_addition_leaves_is_not_restated(council: Council) -> None:
    assert 0.1 + 0.1 + 0.1 != 0.3
    council.publish(JUNE, {"seen": [row(JUNE, 0.3, 3.0)]})
    council.publish(SEPTEMBER, {"seen": [row(JUNE, 0.1, 1.0, team=team) for team in ("A", "B", "C")]})
    assert [change["kind"] for change in council.store("2026-09-30").rows("changes")] == ["teams"]


def test_a_kpi_that_is_new_or_not_in_the_plan_any_more_is_no_change_of_a_figure(council: Council) -> None:
    council.publish(JUNE, {"gone": shares(STEADY, JUNE)})
    council.publish(SEPTEMBER, {"new": shares([*STEADY, 90], SEPTEMBER)})
    assert [change["kind"] for change in council.store("2026-09-30").rows("changes")] == ["new"]


def test_an_earlier_edition_that_is_damaged_does_not_stop_the_next(council: Council) -> None:
    council.publish(JUNE, {"seen": shares(STEADY, JUNE)})
    (council.home.editions / "2026-06-30" / "seen.parquet").write_bytes(b"")
    council.publish(SEPTEMBER, {"seen": shares([*STEADY, 50, 51, 20], SEPTEMBER)})
    assert council.store("2026-09-30").rows("changes") == []


def test_a_revision_is_compared_with_the_date_before_not_with_what_it_replaces(council: Council) -> None:
    publish(council, {"seen": Case(STEADY, [*STEADY, 50, 51, 50])})
    name = council.publish(SEPTEMBER, {"seen": shares([*STEADY, 50, 51, 20], SEPTEMBER)})
    (change,) = council.store(name).rows("changes")
    assert (str(name), change["kind"], change["previous"]) == ("2026-09-30.2", "concern", "2026-06-30")
    assert change["period_end"] == month_ends(1)[0]
