"""What is said of the present is what the verdict says, with the numbers that it rests on."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from band_series import protected
from series_maker import CALENDAR, STEADY, judged, period_ends, seasonal, series

from improvement_board.figures.series import Series
from improvement_board.verdicts import VerdictRule
from improvement_board.words import alternative_text, earlier_words, headline, marked_months, rebase_words, why_words

USUAL = "an average of 21.7% in the 24 months to March 2026"
HIGHER: dict[str, Any] = {"better": "higher"}
NEITHER: dict[str, Any] = {"better": "neither"}
FALLEN, RISEN = [12.0, 12.5, 11.5], [32.0, 33.0, 31.0]


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (judged([22.0, *FALLEN]), f"fell to 11.5% from {USUAL}: better since July 2026"),
        (judged([22.0, *FALLEN], of=HIGHER), f"fell to 11.5% from {USUAL}: worse since July 2026"),
        (judged([22.0, *FALLEN], of=NEITHER), f"fell to 11.5% from {USUAL}: lower since July 2026"),
        (judged([22.5, 21.0, *RISEN]), f"rose to 31.0% from {USUAL}: worse since July 2026"),
        (judged([21.0, *RISEN], of=HIGHER), f"rose to 31.0% from {USUAL}: better since July 2026"),
        (judged([21.0, *RISEN], of=NEITHER), f"rose to 31.0% from {USUAL}: higher since July 2026"),
        (judged([21.0, 30.0, *RISEN]), f"rose to 31.0% from {USUAL}: worse since June 2026"),
        (judged([21.7, 21.5, 21.9]), f"stood at 21.9%, no real change from {USUAL}"),
        (judged([21.7, 21.5, 40.0]), f"stood at 40.0%, no real change from {USUAL}"),
        (
            seasonal([46.0, 26.0, 66.0]),
            "rose to 66.0% from the 60.4% that September would have by the 24 months to March 2026: "
            "worse since June 2026",
        ),
        (
            seasonal([40.0, 20.0, 60.0]),
            "stood at 60.0%, no real change from the 60.4% that September would have by the 24 months to March 2026",
        ),
    ],
)
def test_the_present_is_held_against_the_recent_past(made: Series, words: str) -> None:
    assert headline(made) == f"Agency rate {words}"


def test_a_watched_direction_is_worse_and_the_other_only_moved() -> None:
    watched = judged([22.0, *FALLEN], of=NEITHER, rule=VerdictRule(watch="low"))
    assert headline(watched).endswith("worse since July 2026")
    assert headline(judged([21.0, *RISEN], of=NEITHER, rule=VerdictRule(watch="low"))).endswith(
        "higher since July 2026"
    )


def test_a_percentage_says_what_it_is_of_and_then_how_it_stands_against_its_target() -> None:
    made = judged([22.0, *FALLEN], numerators=(23.0,) * 36, target=20.0)
    assert headline(made) == (
        f"Agency rate fell to 11.5% (23 of 200) from {USUAL}: better since July 2026, meeting the target of 20.0%"
    )


def test_a_figure_that_is_near_the_average_or_the_target_is_told_apart_from_it() -> None:
    made = judged([21.0, 22.7, 22.7, 22.71], target=22.7)
    assert "rose to 22.71% from an average of 21.71%" in headline(made)
    assert headline(made).endswith("worse since July 2026, missing the target of 22.70%")


def test_a_month_without_a_figure_leaves_the_verdict_to_the_one_before() -> None:
    words = headline(judged([21.0, *RISEN, None]))
    assert words == (
        "Agency rate rose to 31.0% from an average of 21.7% in the 24 months to February 2026: worse since June 2026 "
        "(August 2026); September 2026: no figure"
    )


def test_where_the_month_before_is_kept_back_no_beginning_is_told() -> None:
    made = judged([21.0, *FALLEN])
    assert made.verdict is not None
    unknown = replace(made, verdict=replace(made.verdict, since=None))
    assert headline(unknown) == f"Agency rate fell to 11.5% from {USUAL}: better"
    assert marked_months(unknown) == [33, 34, 35]
    assert "the last 3 figures marked as better" in alternative_text(unknown)


@pytest.mark.parametrize(
    ("latest", "words"),
    [
        (6.0, "rose to 6 from the 0 that August would have by the 24 months to February 2026: worse since May 2026"),
        (
            0.0,
            "stood at 0 against the 0 that August would have by the 24 months to February 2026: worse since May 2026",
        ),
    ],
)
def test_what_a_calendar_month_would_have_is_not_less_than_none(latest: float, words: str) -> None:
    august = date(2026, 8, 31)
    fallen = [max(20 + CALENDAR[end.month - 1], 0.0) + end.month % 3 for end in period_ends(33, august)]
    of = {"unit": "count", "timing": "flow"}
    made = seasonal([*fallen[:-3], 30.0, 30.0, latest], level=40.0, of=of, last=august)
    assert made.verdict is not None
    assert made.verdict.baseline is not None
    assert made.verdict.baseline.usual(august) < 0
    assert headline(made) == f"Agency rate {words}"


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (judged([22.0, *FALLEN], denominators=(3.0,) * 36), "too few to say"),
        (series(STEADY, denominators=(200.0,) * 16), "too few to say"),
        (protected([*STEADY, None, *STEADY], denominators=(200.0,) * 33), "not shown"),
        (protected(STEADY, grain="quarter"), "not shown"),
    ],
)
def test_where_nothing_can_be_said_the_headline_says_why(made: Series, words: str) -> None:
    assert made.verdict is not None
    assert made.verdict.word == words
    reason = {
        "too few to say": "too few to say whether that is a change",
        "not shown": "whether that is a change is not shown, as small numbers are kept back",
    }[words]
    assert headline(made).endswith(f"; {reason}")
    assert not re.search("better|worse|average", headline(made))
    assert why_words(made) == f"{reason[0].upper()}{reason[1:]}."
    assert marked_months(made) == []


def test_a_team_whose_latest_month_is_of_too_few_bears_no_verdict_though_the_quarter_is_of_enough() -> None:
    few = judged([22.0, *FALLEN], level="team", team="North", denominators=(9.0,) * 36, of={"timing": "flow"})
    assert headline(few) == "North: Agency rate was 11.5% in September 2026; too few to say"
    assert marked_months(few) == []
    assert "better" not in why_words(few) + alternative_text(few)
    service = judged([22.0, *FALLEN], denominators=(9.0,) * 36, of={"timing": "flow"})
    assert headline(service).endswith("better since July 2026")


def test_why_a_change_is_said() -> None:
    assert why_words(judged([22.0, *FALLEN])) == (
        "The average of the last three months is 12.0%, that of the 24 months to March 2026 21.7%: 9.7 percentage "
        "points apart, which is 17.7 times what chance explains of a series that varies as this one. All three months "
        "lie on that side, and the difference is large enough to matter."
    )
    assert ", both without what the calendar month usually adds or takes: 5.9" in why_words(
        seasonal([46.0, 26.0, 66.0])
    )
    assert why_words(series([20.0] * 20, control_chart=False)) == ""


def test_why_no_change_is_said_names_every_condition() -> None:
    said = why_words(judged([22.0, 21.5, 40.0]))
    assert "All three months lie on that side" not in said
    for condition in ("more than once", "on one side", "not back from both a year ago", "large enough to matter"):
        assert condition in said


@pytest.mark.parametrize(
    ("strength", "said"),
    [
        (math.inf, "where the months before did not vary at all."),
        (1.0, "no more than chance explains, but all three months lie beyond every month of the baseline."),
        (1.26, "which is 1.3 times what chance explains of a series that varies as this one."),
    ],
)
def test_how_sure_a_change_is(strength: float, said: str) -> None:
    made = judged([22.0, *FALLEN])
    assert made.verdict is not None
    assert f" apart, {said} " in why_words(replace(made, verdict=replace(made.verdict, strength=strength)))


def test_a_series_that_never_varied_and_one_that_wanders_have_their_own_reason() -> None:
    level = series([20.0] * 33 + [30.0] * 3, denominators=(200.0,) * 36)
    assert "apart, where the months before did not vary at all" in why_words(level)
    wandering = [60.0 + at / 2 for at in range(36)]
    slow = series(wandering, denominators=(200.0,) * 36)
    assert "no more than chance explains, but all three months lie beyond" in why_words(slow)
    assert headline(slow).endswith("worse since April 2025")


JUNE, SEPTEMBER = date(2026, 6, 30), date(2026, 9, 30)


@pytest.mark.parametrize(
    ("meeting_end", "presented", "said"),
    [
        (JUNE, 75.1, "9.0% in June 2026 (75.1% as the last meeting read it), 0.0% in September 2025"),
        (JUNE, 9.0, "9.0% in June 2026, 0.0% in September 2025"),
        (JUNE, 9.04, "9.00% in June 2026 (9.04% as the last meeting read it), 0.0% in September 2025"),
        (JUNE, None, "9.0% in June 2026, 0.0% in September 2025"),
        (None, 75.1, "0.0% in September 2025"),
        (SEPTEMBER, 75.1, "0.0% in September 2025"),
        (date(2025, 9, 30), 5.0, "0.0% in September 2025 (5.0% as the last meeting read it)"),
    ],
)
def test_what_it_was_at_the_last_meeting_and_a_year_ago(
    meeting_end: date | None, presented: float | None, said: str
) -> None:
    made = series([float(at) for at in range(13)])
    assert earlier_words(made, meeting_end, presented) == said


def test_nothing_is_said_of_earlier_months_that_are_not_there_or_of_too_few() -> None:
    assert earlier_words(series([]), JUNE) == ""
    assert earlier_words(series([None, None]), JUNE) == ""
    assert earlier_words(series([1.0, None, 2.0, 3.0]), date(2026, 7, 31)) == ""
    assert earlier_words(series([1.0, 2.0, 3.0], grain="year", control_chart=False), date(2025, 9, 30)) == ""
    hidden = protected([*range(9), None, *range(3)], control_chart=False)
    assert earlier_words(hidden, JUNE) == "0.0% in September 2025"
    sizes = (9.0, *[90.0] * 8, 3.0, *[90.0] * 3)
    team = series([100.0] * 13, level="team", team="North", denominators=sizes)
    assert earlier_words(team, JUNE) == ""
    assert earlier_words(replace(team, level="service"), JUNE) == "100.0% in June 2026, 100.0% in September 2025"


def test_an_analyst_is_asked_whether_a_change_of_over_a_year_is_how_things_are_now() -> None:
    lasting = judged([12.0, 12.5] * 8, rule=VerdictRule(baseline=(period_ends(48)[0], period_ends(48)[30])))
    assert lasting.verdict is not None
    assert lasting.verdict.since == period_ends(17)[0]
    assert "Rebase at 31 May 2025?" in rebase_words(lasting)
    assert "scope agency_rate" in rebase_words(lasting)
    assert rebase_words(judged([12.0, 12.5, 12.0])) == ""
    assert rebase_words(judged([21.7, 21.5, 21.9])) == ""
    assert rebase_words(series([1.0, 2.0], control_chart=False)) == ""
