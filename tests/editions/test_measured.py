"""What is measured differently from the edition before: said where it is so, and nothing where it is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest
from small_council import JUNE, SEPTEMBER, Council, Row, month_ends, monthly, row

from improvement_board.access.viewer import EVERYONE, Viewer
from improvement_board.document.changes import changes as changes_html
from improvement_board.document.team import team_choices
from improvement_board.page_models import Address, Run

STEADY = [50, 52, 49, 51, 50, 48, 52, 50, 49, 51, 50, 52, 49, 51, 50, 51, 49, 50]
MEASURED = ("recounted", "regrouped", "target", "redefined", "new", "years", "teams")


def shares(values: Sequence[float], last: date, of: float = 100.0, **cells: Any) -> list[Row]:
    return monthly([(value * of / 100, of) for value in values], last, **cells)


def told(council: Council, viewer: Viewer = EVERYONE) -> list[tuple[str, str]]:
    """What the plan page of the latest edition says is measured differently."""
    page = Run(council.board).look(viewer).plan()
    html = changes_html(page)
    for change in page.measured:
        assert change.sentence in html
    return [(change.kind, change.sentence) for change in page.measured]


def later(values: Sequence[float]) -> list[float]:
    return [*values, 50, 51, 50]


def test_records_loaded_twice_are_told_though_every_share_is_the_same(council: Council) -> None:
    council.publish(JUNE, {"seen": shares(STEADY, JUNE)})
    council.publish(SEPTEMBER, {"seen": shares(later(STEADY), SEPTEMBER, 200.0)})
    assert told(council) == [
        ("recounted", "Seen for June 2026 is 50.0% as before, but of 100 of 200 where it was of 50 of 100, "
         "and 17 other periods")
    ]  # fmt: skip


def test_what_is_told_stands_in_the_order_of_the_plan(council: Council) -> None:
    """The same bytes every time an edition is published."""
    kpis = ("seen", "visited", "reviewed", "assessed", "planned", "closed")
    council.publish(JUNE, {kpi: shares(STEADY, JUNE) for kpi in kpis})
    council.publish(SEPTEMBER, {kpi: shares(later(STEADY), SEPTEMBER, 200.0) for kpi in kpis})
    assert [sentence.split()[0].lower() for _, sentence in told(council)] == list(kpis)


def test_a_few_cases_that_were_recorded_late_are_not_told(council: Council) -> None:
    council.publish(JUNE, {"seen": monthly([(10, 10)] * 18, JUNE)})
    council.publish(SEPTEMBER, {"seen": monthly([(12, 12)] * 21, SEPTEMBER)})
    assert told(council) == []


def test_teams_that_swap_are_told_though_the_service_is_the_same(council: Council) -> None:
    def rows(first: str, second: str, months: int, last: date) -> list[Row]:
        high = shares([60] * months, last, team=first, worker="w1")
        return [*high, *shares([40] * months, last, team=second, worker="w2")]

    council.publish(JUNE, {"seen": rows("North", "South", 18, JUNE)})
    council.publish(SEPTEMBER, {"seen": rows("South", "North", 21, SEPTEMBER)})
    sentence = "Seen: figures of North and South were restated, those of the whole service were not"
    assert told(council) == [("regrouped", sentence)]
    assert "60" not in sentence


def test_a_target_that_moved_is_told_and_a_step_that_was_announced_is_not(council: Council) -> None:
    def plan(**targets: Sequence[Mapping[str, Any]]) -> Any:
        definitions = [council.define(kpi) for kpi in ("moved", "announced", "added", "gone")]
        entries = {kpi: {"targets": list(steps)} for kpi, steps in targets.items()}
        return council.plan(definitions, entries=entries)

    since, step = date(2020, 1, 1), date(2026, 9, 1)
    announced = [{"from": since, "value": 20.0}, {"from": step, "value": 30.0}]
    old = {"moved": [{"from": since, "value": 20.0}], "announced": announced, "gone": [{"from": since, "value": 9.0}]}
    new = {"moved": [{"from": since, "value": 25.0}], "announced": announced, "added": [{"from": since, "value": 8.0}]}
    kpis = ("moved", "announced", "added", "gone")
    council.publish(JUNE, {kpi: shares(STEADY, JUNE) for kpi in kpis}, plan(**old))
    council.publish(SEPTEMBER, {kpi: shares(later(STEADY), SEPTEMBER) for kpi in kpis}, plan(**new))
    assert told(council) == [
        ("target", "The target of Moved is now 25.0%: it was 20.0%"),
        ("target", "Added now has a target of 8.0%"),
        ("target", "Gone no longer has its target of 9.0%"),
    ]


def test_a_definition_in_other_words_is_told_and_a_query_written_otherwise_is_not(council: Council) -> None:
    for kpi in ("said", "written"):
        council.define(kpi)
    council.publish(JUNE, {kpi: shares(STEADY, JUNE) for kpi in ("said", "written")})
    council.define("said", numerator="Children who were heard")
    council.define("written", sql="select 2")
    council.publish(SEPTEMBER, {kpi: shares(later(STEADY), SEPTEMBER) for kpi in ("said", "written")})
    assert told(council) == [("redefined", "Said is now defined differently")]


def test_a_new_indicator_is_told_with_its_first_alarm(council: Council) -> None:
    council.publish(JUNE, {"seen": shares(STEADY, JUNE)})
    rows = {"seen": shares(later(STEADY), SEPTEMBER), "alarm": shares([*STEADY, *STEADY, 20, 21, 20], SEPTEMBER)}
    council.publish(SEPTEMBER, rows)
    assert told(council) == [("new", "New in this edition: Alarm")]
    page = Run(council.board).look(EVERYONE).plan()
    assert [(item.outline.series.definition.id, item.is_new) for item in page.agenda.asked] == [("alarm", True)]


def yearly(values: Mapping[int, float]) -> list[Row]:
    return [row(date(year, 3, 31), value, 100.0, period="year") for year, value in values.items()]


def test_a_year_that_is_no_longer_listed_was_not_restated_and_a_new_one_is_told(council: Council) -> None:
    council.publish(date(2025, 3, 31), {"seen": yearly({2023: 40, 2024: 45, 2025: 50})})
    council.publish(date(2026, 3, 31), {"seen": yearly({2024: 45, 2025: 50, 2026: 55})})
    assert told(council) == [
        ("years", "Year to March 2026 is new for Seen"),
        ("years", "Year to March 2023 is no longer listed by the source of Seen"),
    ]
    page = Run(council.board).look(EVERYONE).plan()
    assert [change.kind for change in page.changes] == []


def test_teams_that_came_went_and_closed_are_told_but_not_to_whom_sees_no_team(council: Council) -> None:
    def of(team: str, months: int, last: date) -> list[Row]:
        return shares(STEADY[:months], last, team=team, worker=team[0])

    until = month_ends(18, JUNE)[-4]
    council.publish(JUNE, {"seen": [*of("North", 18, JUNE), *of("West", 18, JUNE), *of("Old", 15, until)]})
    rows = [*of("North", 18, SEPTEMBER), *of("West", 15, until), *of("Central", 18, SEPTEMBER)]
    council.publish(SEPTEMBER, {"seen": rows})
    sentence = "Teams: Central is new; Old no longer named in any figure; West has closed, last at work in March 2026"
    assert ("teams", sentence) in told(council)
    committee = Viewer(name="a member of scrutiny", role="committee")
    assert "teams" not in dict(told(council, committee))


def test_a_closed_teams_figures_carry_their_date(council: Council) -> None:
    def of(team: str, values: Sequence[float], last: date) -> list[Row]:
        return shares(values, last, team=team, worker=team[0])

    until = month_ends(21, SEPTEMBER)[-7]
    council.publish(SEPTEMBER, {"seen": [*of("North", later(STEADY), SEPTEMBER), *of("West", STEADY[:15], until)]})
    pages = {
        team: team_choices(Run(council.board).look(EVERYONE, Address(team=team)).team()) for team in ("North", "West")
    }
    assert "Mar 2026)" in pages["West"]
    assert "Mar 2026)" not in pages["North"]


def test_nothing_is_told_where_nothing_is_measured_differently(council: Council) -> None:
    rows = {"seen": shares(STEADY, JUNE, team="North", worker="w1")}
    council.publish(JUNE, rows)
    council.publish(SEPTEMBER, {"seen": shares(later(STEADY), SEPTEMBER, team="North", worker="w1")})
    assert told(council) == []
    assert "Nothing else changed since" in changes_html(Run(council.board).look(EVERYONE).plan())


@pytest.mark.parametrize("kind", MEASURED)
def test_every_kind_has_its_word(kind: str) -> None:
    from improvement_board.building.changes import KINDS
    from improvement_board.document.changes import KIND_WORDS
    from improvement_board.page_models.plan_page import MEASURED as DRAWN

    assert kind in DRAWN
    assert kind in KINDS
    assert KIND_WORDS[kind]
