"""The parts the demonstration council is made with."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from improvement_board.demo import cells, days, dice
from improvement_board.demo.story import Curve
from improvement_board.demo.write import write_edition


def number(text: str) -> int:
    return days.day_number(date.fromisoformat(text))


def test_working_days_leave_out_weekends_and_bank_holidays() -> None:
    friday, thursday = number("2026-04-24"), number("2026-04-30")
    moved = days.add_working_days(np.array([friday, thursday]), np.array([0, 2]))
    assert [days.as_date(day) for day in moved] == [date(2026, 4, 24), date(2026, 5, 5)]


def test_a_day_off_moves_to_the_next_working_day() -> None:
    moved = days.to_working_day(np.array([number("2026-12-25"), number("2026-12-24")]))
    assert [days.as_date(day) for day in moved] == [date(2026, 12, 29), date(2026, 12, 24)]


def test_month_ends_hold_leap_days() -> None:
    ends = days.month_ends(date(2024, 1, 15), date(2024, 3, 1))
    assert [days.as_date(day) for day in ends] == [date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31)]


def test_a_curve_is_straight_between_its_months_and_flat_outside() -> None:
    curve = Curve({"2020-01": 10.0, "2020-02": 20.0})
    when = [number(day) for day in ("2019-05-01", "2020-01-01", "2020-01-16", "2020-02-01", "2024-01-01")]
    assert curve.at(np.array(when)) == pytest.approx([10, 10, 10 + 10 * 15 / 31, 20, 20])


@pytest.mark.parametrize("share", [0.65, 0.75, 0.85, 0.95])
def test_gaps_leave_the_wanted_share_visited_in_time(share: float) -> None:
    visit_gaps = dice.draw_visit_gaps(dice.stream(1, "gaps"), np.full(60_000, share), 42, 60_000)
    visited = np.minimum(visit_gaps, 42).sum() / visit_gaps.sum()
    assert visited == pytest.approx(share, abs=0.02)


def test_streams_do_not_disturb_each_other() -> None:
    first = dice.stream(5, "visits").random(3)
    dice.stream(5, "reviews").random(100)
    assert dice.stream(5, "visits").random(3).tolist() == first.tolist()
    assert dice.stream(5, "reviews").random(3).tolist() != first.tolist()


def test_recurring_events_stay_inside_their_spell_and_come_in_order() -> None:
    starts, ends = np.array([0, 100]), np.array([35, 105])
    rows, event_days = dice.draw_recurring(starts, ends, lambda some, _: np.full(len(some), 10), 11)
    assert (rows.tolist(), event_days.tolist()) == ([0, 0], [20, 30])


def test_a_value_shows_only_once_it_is_known() -> None:
    monday, tuesday = number("2026-09-28"), number("2026-09-29")
    everything = np.array([True, True, True])
    column = cells.dates(np.array([monday, monday, days.NEVER]), np.array([monday, tuesday, days.NEVER]))
    assert column.shown(everything, monday).to_pylist() == [date(2026, 9, 28), None, None]
    grades = cells.words(np.array([0, 1, -1]), ("good", "poor"), np.array([monday, tuesday, monday]))
    assert grades.shown(everything, monday).to_pylist() == ["good", None, None]
    assert cells.ids("P", np.array([7, -1, 12]), 3).shown(everything, monday).to_pylist() == ["P007", None, "P012"]


def test_a_time_on_the_last_day_shows_and_one_after_does_not() -> None:
    day = number("2026-09-30")
    column = cells.times(np.array([day, day + 1]) * cells.DAY_SECONDS + 3600)
    shown = column.shown(np.array([True, True]), day).to_pylist()
    assert [moment is None for moment in shown] == [False, True]


def test_a_column_that_is_not_declared_is_refused(tmp_path: Path) -> None:
    table = cells.Truth("life_story", {"forename": cells.ids("P", np.array([1]))}, np.array([0]))
    with pytest.raises(KeyError, match="life_story has no column forename"):
        write_edition(tmp_path, [table], date(2026, 9, 30), date(2019, 4, 1))
