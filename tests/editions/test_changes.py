"""What changed between two editions: each kind where it happened, nothing where nothing did, a sentence for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from small_council import JUNE, SEPTEMBER, Council, Row, month_ends, monthly, row

from improvement_board.access.viewer import EVERYONE
from improvement_board.building.changes import KINDS
from improvement_board.page_models import Address, Board, Look, Run
from improvement_board.page_models.change_lines import BY_VERDICT, MEASURED
from improvement_board.page_models.models import ToldChange

STEADY = [50, 52, 49, 51, 50, 48, 52, 50, 49, 51, 50, 52, 49, 51, 50, 51, 49, 50] * 2
LOW = [*STEADY[:-3], 20, 21, 20]
MOVED = [*STEADY[:21], 54, *STEADY[22:26], 50, *STEADY[27:]]
MET, MISSED = [50, 51, 50], [49, 48, 49]
Values = Sequence[float | None]


def since_2020(target: float, **more: Any) -> Mapping[str, Any]:
    return {"targets": [{"from": date(2020, 1, 1), "value": target}], **more}


def at_the_end(*values: float | None) -> Values:
    return [*STEADY[: -len(values)], *values]


@dataclass(frozen=True)
class Case:
    """One KPI in two editions: shares of 100 up to June, then up to a later month; what is told of it.

    `told` are the kinds of change, each with its sentence, or without where it is the indicator's own headline.
    """

    before: Values
    now: Values
    told: tuple[tuple[str, str] | str, ...] = ()
    until: date = SEPTEMBER
    entry: Mapping[str, Any] = field(default_factory=dict)
    better: str = "higher"
    is_redefined: bool = False
    goes_on: bool = False


CASES = {
    "quiet": Case(STEADY, [*STEADY, 50, 51, 50], entry=since_2020(50.0)),
    "rises": Case(STEADY, [*STEADY, 79, 81, 80], ("better",)),
    "falls": Case(STEADY, [*STEADY, 21, 19, 20], ("worse",)),
    "costs": Case(STEADY, [*STEADY, 79, 81, 80], ("worse",), better="lower"),
    "saves": Case(STEADY, [*STEADY, 21, 19, 20], ("better",), better="lower"),
    "swells": Case(STEADY, [*STEADY, 79, 81, 80], ("moved",), better="neither"),
    "shrinks": Case(STEADY, [*STEADY, 21, 19, 20], ("moved",), better="neither"),
    "watched": Case(STEADY, [*STEADY, 79, 81, 80], ("worse",), entry={"watch": "high"}, better="neither"),
    "one_month": Case(STEADY, [*STEADY, 50, 51, 20]),
    "past": Case(STEADY, [*STEADY, 80, 51, 50]),
    "stays_low": Case(LOW, [*LOW, 20, 19, 21], ("worse",), goes_on=True),
    "turns": Case(LOW, [*LOW, 79, 81, 80], ("better",)),
    "recovers": Case(LOW, [*LOW, 50, 51, 49], ("no longer",)),
    "told_before": Case(LOW, LOW, ("worse",), until=JUNE, goes_on=True),
    "missed": Case(
        at_the_end(*MET),
        [*at_the_end(*MET), *MISSED],
        (("missed", "Missed stood at 49.0% in September 2026, now missing the target of 50.0%"),),
        entry=since_2020(50.0, least_change=10.0),
    ),
    "missed_above": Case(
        at_the_end(*MISSED),
        [*at_the_end(*MISSED), 51, 51, 52],
        (("missed", "Missed above stood at 52.0% in September 2026, now missing the target of 50.0%"),),
        entry=since_2020(50.0, least_change=10.0),
        better="lower",
    ),
    "met": Case(
        at_the_end(*MISSED),
        [*at_the_end(*MISSED), *MET],
        (("met", "Met stood at 50.0% in September 2026, now meeting the target of 50.0%"),),
        entry=since_2020(50.0, least_change=10.0),
    ),
    "missed_by_chance": Case(
        at_the_end(*MET), [*at_the_end(*MET), 50, 51, 49], entry=since_2020(50.0, least_change=10.0)
    ),
    "no_direction": Case(
        at_the_end(*MET), [*at_the_end(*MET), *MISSED], entry=since_2020(50.0, least_change=10.0), better="neither"
    ),
    "new_target": Case(
        STEADY, [*STEADY, 50, 51, 50], entry={"targets": [{"from": date(2026, 7, 1), "value": 90.0}]}
    ),
    "restated": Case(
        STEADY,
        [*MOVED, 50, 51, 50],
        (("restated", "Restated for April 2025 was restated from 51.0% to 54.0%, and 1 other period"),),
        better="lower",
    ),
    "redefined": Case(
        STEADY,
        [*MOVED, 50, 51, 50],
        (
            (
                "restated",
                "Redefined is now defined differently: April 2025 was 51.0% and is now 54.0%, and 1 other period",
            ),
        ),
        is_redefined=True,
    ),
    "redefined_alike": Case(STEADY, [*STEADY, 50, 51, 50], is_redefined=True),
    "went": Case(
        STEADY,
        [*STEADY[:18], None, *STEADY[19:23], None, *STEADY[24:], 50, 51, 50],
        (("restated", "Went for June 2025 was restated from 48.0% to no figure, and 1 other period"),),
    ),
    "came": Case([*STEADY[:23], None, *STEADY[24:]], [*STEADY, 50, 51, 50]),
    "restated_to_low": Case(
        STEADY,
        LOW,
        ("worse", ("restated", "Restated to low for April 2026 was restated from 51.0% to 20.0%, and 2 other periods")),
        until=JUNE,
    ),
    "older": Case(
        STEADY,
        at_the_end(None),
        (("restated", "Older for June 2026 was restated from 50.0% to no figure"),),
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


def told_of(look: Look, kpi: str) -> list[ToldChange]:
    return [told for told in look.changes().told if told.row["kpi"] == kpi and told.change.kind not in MEASURED]


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    council = Council(tmp_path_factory.mktemp("changes"))
    publish(council, CASES)
    return council.board


@pytest.mark.parametrize("kpi", CASES)
def test_what_is_told_of_a_kpi(board: Board, kpi: str) -> None:
    look, case = Run(board).look(EVERYONE), CASES[kpi]
    service, _ = look.desk.outlines([kpi], Address())
    expected = [(told, service[kpi].headline) if isinstance(told, str) else told for told in case.told]
    told = told_of(look, kpi)
    assert [(change.change.kind, change.change.sentence) for change in told] == expected
    assert all(change.row["previous"] == "2026-06-30" for change in told)
    assert all(change.row["definition_changed"] == case.is_redefined for change in told)
    assert [change.row["goes_on"] for change in told if change.change.kind in BY_VERDICT] == [
        case.goes_on for entry in case.told if isinstance(entry, str)
    ]


TOLERANCE = {
    "met_then_within": (50, 49, []),
    "missed_then_within": (47, 49, []),
    "within_then_missed": (49, 47, ["missed"]),
    "within_then_met": (49, 50, ["met"]),
    "met_then_missed": (50, 47, ["missed"]),
    "missed_then_met": (47, 50, ["met"]),
}


def test_within_its_tolerance_a_target_is_neither_newly_met_nor_newly_missed(council: Council) -> None:
    entry = since_2020(50.0, tolerance=2.0, least_change=100.0)
    cases = {
        kpi: Case(at_the_end(*[before] * 3), [*at_the_end(*[before] * 3), now, now, now], entry=entry)
        for kpi, (before, now, _) in TOLERANCE.items()
    }
    publish(council, cases)
    look = Run(council.board).look(EVERYONE)
    for kpi, (_, _, kinds) in TOLERANCE.items():
        assert [told.change.kind for told in told_of(look, kpi)] == kinds, kpi


def test_changes_come_worst_first_then_in_the_plans_order_and_what_goes_on_last(board: Board) -> None:
    rows = Run(board).look(EVERYONE).desk.store.rows("changes")
    kinds_of_changes = [(change["goes_on"], KINDS.index(change["kind"])) for change in rows]
    assert kinds_of_changes == sorted(kinds_of_changes)
    worse = [change["kpi"] for change in rows if change["kind"] == "worse"]
    assert worse == ["falls", "costs", "watched", "restated_to_low", "stays_low", "told_before"]


def test_the_plan_page_tells_the_rest_with_the_restated_as_one_line(board: Board) -> None:
    page = Run(board).look(EVERYONE).plan()
    assert [change.kpi for change in page.restated] == ["restated", "redefined", "went", "restated_to_low", "older"]
    assert page.changes_in_all == sum(len(case.told) for case in CASES.values())
    line = next(change for change in page.changes if change.kind == "restated")
    assert line.sentence.startswith("5 indicators were restated; the most: ")
    assert [change.kind for change in page.changes] == ["missed", "missed", "caveat", "restated", "met"]


def test_indicators_in_doubt_are_one_line(board: Board) -> None:
    page = Run(board).look(EVERYONE).plan()
    assert [change.kpi for change in page.caveats] == ["told_before", "restated_to_low", "older"]  # late ones
    line = next(change for change in page.changes if change.kind == "caveat")
    assert line.sentence == "3 indicators carry a data caveat: Told before, Restated to low and Older"
    assert line.page == "data-quality"


def test_the_first_edition_has_nothing_before_it(board: Board) -> None:
    assert Run(board).look(EVERYONE, Address(edition="2026-06-30")).desk.store.rows("changes") == []


def test_figures_in_another_unit_are_not_called_restated(council: Council) -> None:
    of = {"unit": "count", "timing": "snapshot", "better": "neither", "denominator": None}
    definition = council.define("children", benchmarks={"unit": "rate_per_10000"}, **of)
    counts = [300 + value for value in STEADY]
    council.publish(JUNE, {"children": monthly(counts, JUNE)}, council.plan([definition]))
    plan = council.plan([definition], more="[population]\n2019 = 50000\n")
    council.publish(SEPTEMBER, {"children": monthly([*counts, 700, 690, 700])}, plan)
    (change,) = council.store("2026-09-30").rows("changes")
    assert (change["kind"], change["now"], change["before"]) == ("moved", 140.0, None)
    (told,) = told_of(Run(council.board).look(EVERYONE), "children")
    assert told.change.sentence.startswith("Children rose to 140.0 per 10,000 from an average of 70.1 per 10,000")


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
    name = council.publish(SEPTEMBER, {"seen": shares([*STEADY, 20, 21, 20], SEPTEMBER)})
    (change,) = council.store(name).rows("changes")
    assert (str(name), change["kind"], change["previous"]) == ("2026-09-30.2", "worse", "2026-06-30")
    assert change["period_end"] == month_ends(1)[0]


def test_a_figure_of_another_month_is_not_told_as_what_the_last_meeting_read(council: Council) -> None:
    """The edition of June had figures up to May alone: what it said is not held beside June's."""
    may = month_ends(5)[0]
    for months, last, read in ((37, JUNE, " (51.0% as the last meeting read it)"), (36, may, "")):
        before = shares([*STEADY, 51][:months], last)
        council.publish(JUNE, {"seen": before})
        council.publish(SEPTEMBER, {"seen": shares([*STEADY, 49, 20, 21, 20], SEPTEMBER)})
        (item,) = Run(council.board).look(EVERYONE).plan().agenda.asked
        assert item.earlier.startswith(f"49.0% in June 2026{read}, ")
