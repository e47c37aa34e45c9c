"""When a month can be judged: the limits of a definition and of the plan, and the days they lead to."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_kpis_definitions import FILE, header, problem_of

from improvement_board.common.months import month_end
from improvement_board.common.working_days import after_working_days
from improvement_board.declared.kpis import load_library, parse_definition
from improvement_board.declared.plan_file import read_plan
from improvement_board.declared.ripening import Ripening, Unripe, first_unripe, last_month
from improvement_board.errors import InputError

SEPTEMBER = date(2026, 9, 30)
PLAN = """[council]
name = "A"
code = "E08999901"
synthetic = false
[[ambition]]
id = "a"
title = "A"
statement = "A"
[[ambition.kpi]]
kpi = "homeless_16_17_joint"
[parameters.homeless_16_17_joint]
limit_working_days = {limit}
"""


@given(
    st.dates(date(2015, 1, 1), date(2030, 1, 1)),
    st.integers(0, 80),
    st.sampled_from(("days", "working_days")),
)
def test_every_event_of_the_last_month_is_over_and_one_of_the_next_is_not(day: date, limit: int, kind: str) -> None:
    ripening = Ripening.model_validate({"duty": "answers", kind: limit})
    end = last_month(ripening, day, {})
    following = month_end(end + timedelta(days=1))
    for event in range(end.day):
        assert ripening.time_is_up(end - timedelta(days=event), {}) <= day
    assert end == month_end(end)
    assert following > day or ripening.time_is_up(following, {}) > day


def test_working_days_leave_out_weekends_and_bank_holidays() -> None:
    assert after_working_days(date(2024, 3, 28), 1) == date(2024, 4, 2)
    assert after_working_days(date(2027, 12, 31), 1) == date(2028, 1, 4)
    assert after_working_days(SEPTEMBER, 0) == SEPTEMBER


def test_the_first_month_that_waits_and_until_when() -> None:
    joint = load_library()["homeless_16_17_joint"].ripens_after
    ten, twenty_five = {"limit_working_days": 10}, {"limit_working_days": 25}
    duty = "joint assessments"
    assert first_unripe(joint, SEPTEMBER, ten) == Unripe(SEPTEMBER, duty, date(2026, 10, 14))
    assert first_unripe(joint, SEPTEMBER, twenty_five) == Unripe(date(2026, 8, 31), duty, date(2026, 10, 5))
    assert first_unripe(joint, date(2026, 10, 14), ten) is None
    assert first_unripe(None, SEPTEMBER, ten) is None


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (['duty = "answers"'], "needs either days or working_days"),
        (['duty = "answers"', "days = 3", "working_days = 1"], "needs either days or working_days"),
        (["days = 3"], "Field required"),
        (['duty = "answers"', "days = -1"], "needs 0 to 3660 days"),
        (['duty = "answers"', 'days = "limit"'], "is no parameter that is a number"),
        (['duty = "answers"', 'days = "kind"', "[parameters]", 'kind = "late"'], "is no parameter that is a number"),
    ],
)
def test_a_definition_says_how_long_in_one_way(lines: list[str], message: str) -> None:
    assert message in problem_of(header("[ripens_after]", *lines)).message


def test_it_may_be_a_parameter() -> None:
    given_by = header("[ripens_after]", 'duty = "answers"', 'days = "limit"', "[parameters]", "limit = 3")
    ripening = parse_definition(given_by, FILE).ripens_after
    assert ripening
    assert ripening.time_is_up(SEPTEMBER, {"limit": 4}) == date(2026, 10, 4)


@pytest.mark.parametrize("limit", ["-1", "100000", "nan", "inf"])
def test_a_plan_sets_a_number_of_days(tmp_path: Path, limit: str) -> None:
    (tmp_path / "plan.toml").write_text(PLAN.format(limit=limit), encoding="utf-8")
    with pytest.raises(InputError, match="is no number of days"):
        read_plan(tmp_path / "plan.toml", load_library())
