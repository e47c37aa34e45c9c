"""Whatever is made of ranges holds no number but ends of ranges, targets, comparators and dates, and says what is true
of every figure that the ranges could stand for."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from band_series import ranges, team_ranges, width_of
from examples import tried
from hypothesis import given, settings
from hypothesis import strategies as st
from series_maker import comparator

from improvement_board import words
from improvement_board.charts import control_chart, legend, team_chart
from improvement_board.charts.sparkline import sparkline_svg
from improvement_board.document.control_chart import chart_head, figures_table
from improvement_board.document.latest import latest_period, latest_value, target_words, trend
from improvement_board.document.parts import Links
from improvement_board.document.teams import team_bands_table
from improvement_board.figures.formats import MONTHS, format_value
from improvement_board.figures.series import Series, TeamComparison
from improvement_board.page_models.outline import outline

UNITS = st.sampled_from(["percent", "average"])
LINES = st.one_of(st.none(), st.sampled_from(range(0, 101, 10)), st.floats(0, 100)).map(
    lambda line: None if line is None else float(line)
)
EDGES = {"percent": {float(edge) for edge in range(0, 101, 10)}, "average": {float(edge) for edge in range(0, 31, 2)}}
SHORT_MONTHS = "|".join(month[:3] for month in MONTHS)
DATES = re.compile(
    rf"(\b\d{{1,2}} )?({'|'.join(MONTHS)})( \d{{4}})?|({SHORT_MONTHS})( |<br>)\d{{4}}|\d{{4}}[-/]\d\d|\d{{4}}-\d\d-\d\d"
)
COUNTS = re.compile(
    r"\d+ (\w+ ranges?|months?|quarters?|years?|teams?|of \d+ teams?)\b|last \d+ periods; all \d+|\d+ wholly"
)
NUMBERS = re.compile(r"\d[\d,]*\.?\d*")


def lows_of(unit: str) -> st.SearchStrategy[int | None]:
    """Low ends of ranges, None for one kept back."""
    return st.one_of(st.none(), st.sampled_from(range(0, 100, 10) if unit == "percent" else range(0, 30, 2)))


@st.composite
def banded(draw: st.DrawFn) -> Series:
    unit = draw(UNITS)
    lows = draw(st.lists(lows_of(unit), min_size=1, max_size=20))
    grain = draw(st.sampled_from(["month", "quarter", "year"]))
    england = {year: value for year in (2024, 2025) if (value := draw(LINES)) is not None}
    of = {"better": draw(st.sampled_from(["higher", "lower", "neither"])), "title": "Visits", "unit": unit}
    of |= {"timing": "snapshot"} if grain == "month" else {}
    last = date(2026, 3, 31)
    return ranges(lows, grain=grain, target=draw(LINES), of=of, last=last, comparators=(comparator(england),))


@st.composite
def teams(draw: st.DrawFn) -> TeamComparison:
    unit = draw(UNITS)
    lows = draw(st.lists(lows_of(unit), max_size=9))
    of = {"better": draw(st.sampled_from(["higher", "lower", "neither"])), "title": "Visits", "unit": unit}
    return team_ranges([("ABCDEFGHI"[at], low) for at, low in enumerate(lows)], service=draw(LINES), of=of)


def numbers(said: str) -> set[float]:
    """The numbers of a text that are no date and no count of periods or teams."""
    whole = said.replace("</b><br><b>", " ").replace("<br>", " ")  # a line may break within a date
    seen = html.unescape(re.sub(r"<[^>]*>", " | ", whole))
    left = COUNTS.sub(" ", DATES.sub(" ", seen))
    return {float(number.replace(",", "").rstrip(".")) for number in NUMBERS.findall(left)}


def as_shown(values: list[float | None]) -> set[float]:
    """Figures as text gives them, with decimals enough to be told apart."""
    known = [value for value in values if value is not None]
    return {float(format_value(value, "percent").rstrip("%")) for value in known} | {
        round(value, 12) for value in known
    }


def drawn(figure: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What a figure's traces and notes hold: ("number", …) and ("text", …)."""
    for trace in figure["data"]:
        across = trace.get("orientation") == "h" or trace.get("name", "").startswith(("Whole service", "Your own"))
        figures = [*(trace.get("x" if across else "y") or []), *trace.get("base", [])]
        if trace.get("mode") != "text":  # the letters of what is kept back stand at a fixed height
            yield from (("number", number) for number in figures if number is not None)
        said = [trace.get("name", ""), *(trace.get("hovertext") or []), *(trace.get("text") or [])]
        yield from (("text", text) for text in said)
    yield from (("text", note["text"]) for note in figure["layout"].get("annotations", []))


@settings(max_examples=tried(150), deadline=None)
@given(banded())
def test_no_text_or_figure_of_ranges_holds_another_number(made: Series) -> None:
    published = [
        *made.targets,
        *(point.value for each_comparator in made.comparators for point in each_comparator.points),
    ]
    allowed = EDGES[made.unit] | as_shown(list(published))
    shown, figure = outline(made), control_chart(made)
    said = [
        words.headline(made), words.alternative_text(made), words.protection_words(made),
        words.comparison_words(made), latest_value(made), latest_period(made), target_words(made),
        figures_table(made), chart_head(shown, Links({})), *(entry.name for entry in legend(figure)),
        *(text for kind, text in drawn(figure) if kind == "text"),
        re.findall('alt="([^"]*)"', trend(shown, width=160, height=40, css_class="x"))[0],
    ]  # fmt: skip
    for text in said:
        assert numbers(text) <= allowed, text
    exact = {float(f"{value:.6g}") for value in published if value is not None}
    for kind, number in drawn(figure):
        assert kind == "text" or number in EDGES[made.unit] | exact


@settings(max_examples=tried(150), deadline=None)
@given(teams())
def test_no_text_or_figure_of_teams_by_ranges_holds_another_number(made: TeamComparison) -> None:
    service = made.service_value
    allowed = EDGES[made.unit] | as_shown([service])
    figure = team_chart(made)
    said = [
        words.team_comparison_headline(made), words.team_comparison_alternative_text(made),
        words.teams_protection_words(made), team_bands_table(Links({}), made),
        *(text for kind, text in drawn(figure) if kind == "text"),
    ]  # fmt: skip
    for text in said:
        near = {number for number in numbers(text) if service is not None and abs(number - service) < 0.05}
        assert numbers(text) - near <= allowed, text
    exact = set() if service is None else {float(f"{service:.6g}")}
    for kind, number in drawn(figure):
        assert kind == "text" or number in EDGES[made.unit] | exact


@settings(max_examples=tried(200), deadline=None)
@given(banded(), st.lists(st.floats(0, 1, exclude_max=True), min_size=20, max_size=20))
def test_a_headline_is_true_of_every_figure_in_the_ranges(made: Series, shares: list[float]) -> None:
    figures = [
        None if low is None or high is None else min(low + share * (high - low), math.nextafter(high, low))
        for low, high, share in zip(made.lows, made.highs, shares, strict=False)
    ]
    latest = words.latest_index(made)
    if latest is None:
        return
    said, value, target = words.headline(made), figures[latest], made.targets[latest]
    assert value is not None
    before = figures[latest - 1] if latest else None
    if " up from " in said or " down from " in said:
        assert before is not None
        assert (" up from " in said) == (value > before)
    if target is not None and "around the target" not in said:
        is_above = "at or above the target" in said or " above the target" in said
        assert value >= target if is_above else value < target


@settings(max_examples=tried(150), deadline=None)
@given(teams(), st.lists(st.floats(0, 1, exclude_max=True), min_size=9, max_size=9))
def test_the_side_of_a_team_is_true_of_every_figure_in_its_range(made: TeamComparison, shares: list[float]) -> None:
    sides = [words.team_side(dot, made) for dot in made.dots]
    for dot, side, share in zip(made.dots, sides, shares, strict=False):
        if side is not None and made.service_value is not None:
            value = (dot.low or 0.0) + share * width_of(made.unit)
            assert (value > made.service_value) == (side == "above")
    headline = words.team_comparison_headline(made)
    for side in ("below", "above"):
        headline_match = re.search(rf"(\d+)(?: of \d+ teams? lies?)? wholly {side}", headline)
        assert int(headline_match.group(1) if headline_match else 0) == sides.count(side)


def test_a_number_that_is_not_given_would_be_found() -> None:
    assert numbers("Visits 41.5% in July 2026, 12 quarterly ranges, 2024-25, 40–50%") == {41.5, 40.0, 50.0}
    assert numbers('<td data-label="7">8</td>') == {8.0}
    leaking = replace(ranges([40]), numerators=(3.0,), denominators=(7.0,))
    assert not numbers(words.alternative_text(leaking)) & {3.0, 7.0}
    assert not numbers(figures_table(leaking)) & {3.0, 7.0}
    assert "42.8" not in sparkline_svg(leaking)
