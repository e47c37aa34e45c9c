"""One figure of each kind that the package makes, and its harder cases, for tests of how figures are drawn."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from datetime import date
from functools import cache

from band_series import AVERAGE, protected, ranges, team_ranges
from series_maker import STEADY, comparator, definition, judged, seasonal, series

from improvement_board.charts import category_chart, control_chart, distribution_chart, empty_figure, team_chart
from improvement_board.charts.parts import Figure
from improvement_board.charts.small import small_chart
from improvement_board.declared.events import Event
from improvement_board.figures.series import (
    CategoryBreakdown,
    CategoryFigure,
    Comparator,
    Distribution,
    Series,
    TeamComparison,
    TeamDot,
    WorkerFigure,
)
from improvement_board.page_models import IndicatorChoice, Look

SEPTEMBER = date(2026, 9, 30)
HOSTILE = '<b onclick="x">A & $B$</b>\n<a href="javascript:x">\x00]]>&#60;script>'
BETTER, WORSE = [12.0, 12.5, 11.5], [32.0, 33.0, 31.0]
EVENTS = (
    Event(date(2024, 12, 3), "Service redesign", "redesign", "all", True),
    Event(date(2026, 2, 1), "Inspection", "inspection", "all", False),
    Event(date(2026, 4, 1), "New system", "other", "all", False),
)


@cache
def drawn_figures() -> dict[str, Figure]:
    """Figures by what each shows. Read only: all tests share them."""
    return _control_charts() | _ranges() | _beside_each_other()


def page_figures(look: Look, kpi: str) -> Iterator[Figure]:
    """All figures of an indicator's page; the first is that of its ambition's and of its team's page too."""
    page = look.indicator(IndicatorChoice(kpi))
    yield from (control_chart(each.series) for each in (page.outline, page.worker) if each is not None)
    yield from (team_chart(page.teams) for _ in [page.teams] if page.teams is not None)
    yield from (category_chart(page.breakdown) for _ in [page.breakdown] if page.breakdown is not None)
    yield from (distribution_chart(page.distribution) for _ in [page.distribution] if page.distribution is not None)


def made_up_charts(seed: int, how_many: int) -> dict[str, Figure]:
    """Charts over time of every size and length of figures, with gaps, made up from a seed."""
    dice = random.Random(seed)
    made = {}
    for number in range(how_many):
        unit = dice.choice(["percent", "average", "count", "days"])
        size = 10 ** dice.uniform(-3, 5)
        level = size * dice.choice([0, 1, 10])
        least, most = (-math.inf if unit == "average" else 0.0), (100.0 if unit == "percent" else math.inf)
        months = dice.choice([1, 2, 3, 5, 13, 24, 36, 70])
        values = [min(max(level + size * dice.gauss(0, 1), least), most) for _ in range(months)]
        whole = series(
            [None if dice.random() < 0.1 else value for value in values],
            of={"unit": unit},
            denominators=(200.0,) * months,
            target=dice.choice([None, min(level + size, most)]),
        )
        made[f"seed {seed}, number {number}"] = control_chart(whole)
    return made


def _control_charts() -> dict[str, Figure]:
    made: dict[str, Series] = {
        "months that are worse, with all around them": judged(
            [22.5, *WORSE], comparators=_areas(), events=EVENTS, target=20.0
        ),
        "months that are better, below a target that steps": judged(
            [22.5, *BETTER], targets=[None] * 12 + [20.0] * 12 + [15.0] * 12
        ),
        "months that are higher": judged([22.5, *WORSE], of={"better": "neither", "unit": "average"}),
        "months that are lower": judged([22.5, *BETTER], of={"better": "neither", "unit": "days"}),
        "months with gaps": judged([None, 21.0, None, None, 22.0]),
        "a seasonal series": seasonal([46.0, 26.0, 66.0]),
        "a long series": series(STEADY * 6, target=20.0, denominators=(200.0,) * 96),
        "a short series": series([3.0, 4.0, 2.5]),
        "one figure": series([3.0]),
        "nothing but the same": series([5.0] * 30, denominators=(200.0,) * 30),
        "large counts": series([value * 523 for value in STEADY], of={"unit": "count"}),
        "small figures": series([value / 4000 for value in STEADY], of={"unit": "average"}),
        "below zero": series([-3.0, 4.0, 1.0, -2.0] * 4, of={"unit": "average"}),
        "near all": series([99.5, 97.0, 99.8, 90.1] * 6, denominators=(200.0,) * 24),
        "years": series(
            [10.0, 11.0, 9.0, 12.0], grain="year", control_chart=False, comparators=_areas(), of={"timing": "flow"}
        ),
        "hostile names": judged([22.5, *WORSE], level="team", team=HOSTILE, category=HOSTILE),
    }
    small = {f"small: {name}": small_chart(whole) for name, whole in made.items() if whole.latest is not None}
    return {name: control_chart(whole) for name, whole in made.items()} | small


def _areas() -> tuple[Comparator, ...]:
    return (
        comparator({2023: 16.0, 2024: 17.0, 2025: 18.0, 2026: 17.5}),
        comparator({2024: 19.0, 2025: 19.5}, name=HOSTILE, area_type="Region"),
        comparator({2025: 23.0, 2026: "c"}, name="Neighbours", area_type="Statistical neighbours", snapshot=True),
    )


def _ranges() -> dict[str, Figure]:
    made = {
        "ranges of quarters": ranges([20, None, None, 30, 60, 70], target=80.0, events=EVENTS[1:]),
        "ranges of an average": ranges([12, None, 16], grain="month", target=20.0, of=AVERAGE),
        "months kept back": protected([62.0, 64.0, None, None, 61.0, 66.0] * 4, target=70.0),
    }
    return {name: control_chart(whole) for name, whole in made.items()}


def _beside_each_other() -> dict[str, Figure]:
    return {
        "teams": team_chart(_teams("lower")),
        "teams where neither is better": team_chart(_teams("neither")),
        "teams of few workers": team_chart(_averages()),
        "teams by ranges": team_chart(team_ranges([("A", 90), (HOSTILE, 60), ("E", None)], own=[("F", 31, 50)])),
        "teams by ranges of an average": team_chart(
            team_ranges([("Assessment and safeguarding, north", 12)], service=14.0, of=AVERAGE, own=[("F", 60, 3)])
        ),
        "categories": category_chart(_categories("count")),
        "categories in hundred": category_chart(_categories("percent")),
        "cases of workers": distribution_chart(_workers([3.0, 18.0, 20.0, 20.0, 20.5, 21.0, 31.0, None] * 2)),
        "cases of many workers": distribution_chart(_workers([float(case % 30) for case in range(400)])),
        "cases of one worker": distribution_chart(_workers([5.0])),
        "nothing to draw": empty_figure(f"Nothing to draw for {HOSTILE}"),
    }


def _teams(better: str) -> TeamComparison:
    dots = (
        TeamDot("North assessment and safeguarding", None, 40, 100, 40.0, 12.0, 30.0, "above"),
        TeamDot("South", None, 9, 100, 9.0, 12.0, 30.0, "below"),
        TeamDot(HOSTILE, None, 22, 100, 22.0, 12.0, 30.0, None),
        TeamDot("Court", None, 1, 2, 50.0, None, None, None),
        TeamDot("Closed", None, None, None, None, None, None, None),
    )
    return TeamComparison(definition(better=better), "percent", SEPTEMBER, SEPTEMBER, 21.5, "size", dots, target=20.0)


def _averages() -> TeamComparison:
    dots = (
        TeamDot("East", None, 90, 6, 15.0, 8.0, 21.0, None),
        TeamDot("West", None, 40, 2, 20.0, None, None, None),
    )
    what = definition(**AVERAGE)
    return TeamComparison(what, "average", SEPTEMBER, SEPTEMBER, 14.2, "own", dots)


def _categories(unit: str) -> CategoryBreakdown:
    figures = (
        CategoryFigure("Police", 70.0, 100.0, 70.0, 62.0),
        CategoryFigure(HOSTILE, 30.0, 100.0, 30.0, 20.0),
        CategoryFigure("Absence", 1.0, 1.0, 100.0, None),
        CategoryFigure("Housing", None, None, None, None),
    )
    return CategoryBreakdown(definition(unit=unit), unit, "Source", SEPTEMBER, SEPTEMBER, figures)  # type: ignore[arg-type]


def _workers(cases: list[float | None]) -> Distribution:
    workers = tuple(WorkerFigure(f"W{at}", None, held, 1.0, held) for at, held in enumerate(cases))
    return Distribution(definition(), SEPTEMBER, workers, 20.0, ())
