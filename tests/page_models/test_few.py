"""Nothing is said by fewer than ten: no mark in a chart, a sentence, an alternative text or a table of a team's."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from series_maker import series

from improvement_board import charts, words
from improvement_board.charts.palette import MARKS
from improvement_board.charts.sparkline import sparkline_svg
from improvement_board.figures.assemble import Window, judged
from improvement_board.figures.csv import csv_text
from improvement_board.figures.few import is_few_at
from improvement_board.figures.formats import format_share
from improvement_board.figures.series import Level, Series
from improvement_board.figures.sizes import is_few
from improvement_board.page_models.ambition_page import weight
from improvement_board.page_models.outline import outline

MARK_WORDS = ("better", "worse", "no real change", "missing the target")
PARTS = st.lists(
    st.integers(0, 30).flatmap(lambda size: st.tuples(st.integers(0, size), st.just(size))), min_size=13, max_size=40
)


def judged_team(parts: list[tuple[int, int]], level: Level = "team", target: float | None = None) -> Series:
    """A percentage of a team, judged as a page has it."""
    values = [100 * part / size if size else None for part, size in parts]
    made = series(values, target=target, level=level, team="Court" if level != "service" else None)
    sized = replace(
        made,
        chart=None,
        numerators=tuple(float(part) for part, _ in parts),
        denominators=tuple(float(size) for _, size in parts),
    )
    return judged([sized], Window(None, made.period_ends[-1]))[0]


def marks(made: Series) -> list[str]:
    """The colours of the marks that a verdict sets."""
    colours = {mark.colour for mark in MARKS.values()}
    drawn = [trace["marker"]["color"] for trace in charts.control_chart(made)["data"] if "marker" in trace]
    return [colour for colour in drawn if colour in colours]


@settings(max_examples=30)
@given(PARTS, st.sampled_from([None, 50.0]))
def test_no_figure_of_fewer_than_ten_is_marked_or_said_to_stand_out(
    parts: list[tuple[int, int]], target: float | None
) -> None:
    made = judged_team(parts, target=target)
    if is_few_at(made, made.latest):
        shown = outline(made)
        assert marks(made) == []
        assert (shown.verdict, shown.target_kept) == ("Too few to say", "")
        said = shown.headline + sparkline_svg(made)
        assert words.TOO_FEW in shown.headline
        assert not any(word in said for word in MARK_WORDS)
        assert not any(mark.colour in sparkline_svg(made) for mark in MARKS.values())


def test_too_few_to_say_comes_after_all_that_can_be_said() -> None:
    few, enough = (outline(judged_team([(8, 16)] * 13 + [last])) for last in ((0, 9), (16, 16)))
    assert sorted([few, enough], key=weight) == [enough, few]


def test_a_change_of_too_few_is_in_no_words_and_no_marks_and_its_control_chart_in_the_download() -> None:
    parts = [(20, 40)] * 33 + [(30, 30), (30, 30), (9, 9)]
    team, service = judged_team(parts), judged_team(parts, "service")
    assert service.verdict is not None
    assert service.verdict.is_change
    assert marks(team) == []
    assert csv_text("E1", "2026-09-30", [team]).splitlines()[-1].count("special_cause") == 1
    assert "1 of them too few to say" in words.alternative_text(team)
    assert words.headline(team) == "Court: Agency rate was 9 of 9 in September 2026; too few to say"


@pytest.mark.parametrize(
    ("unit", "numerator", "denominator", "few"),
    [
        ("percent", 1.0, 9.9, True),
        ("percent", 1.0, 10.0, False),
        ("average", 120.0, 7.4, True),
        ("count", 9.0, None, True),
        ("count", 10.0, None, False),
        ("percent", None, None, False),
    ],
)
def test_a_figure_is_of_its_denominator_and_a_count_of_itself(
    unit: str, numerator: float | None, denominator: float | None, few: bool
) -> None:
    assert is_few(unit, numerator, denominator) is few


@pytest.mark.parametrize(
    ("value", "unit", "numerator", "denominator", "said"),
    [
        (100.0, "percent", 1.0, 1.0, "1 of 1"),
        (50.0, "percent", 5.0, 10.0, "50.0%"),
        (16.2, "average", 120.0, 7.4, "16.2"),
        (None, "percent", None, None, "no figure"),
    ],
)
def test_a_share_of_few_is_said_as_its_count(
    value: float | None, unit: str, numerator: float | None, denominator: float | None, said: str
) -> None:
    assert format_share(value, unit, numerator, denominator) == said
