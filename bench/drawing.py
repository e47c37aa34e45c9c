"""Times drawing a chart as SVG beside making the figure that it is drawn from.

    python bench/drawing.py [--reps 5]

The charts are those of the demonstration council's indicator pages: every indicator over time, and its teams,
categories and workers. Making and drawing take turns, chart by chart, so that both meet the same
machine. Nothing but the package is needed.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter

from improvement_board.access.viewer import EVERYONE
from improvement_board.charts import category_chart, control_chart, distribution_chart, team_chart
from improvement_board.charts.drawing import WIDTHS, figure_svg
from improvement_board.charts.parts import Figure
from improvement_board.declared.home import default_home
from improvement_board.page_models import Address, Board, IndicatorChoice, Look, Run

Make = Callable[[], Figure]


def main() -> int:
    """Print a row a kind of chart: milliseconds to make a figure, to draw it, and their ratio. Exits with 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reps", type=int, default=5)
    reps = parser.parse_args().reps
    look = Run(Board(default_home())).look(EVERYONE, Address())
    kinds: dict[str, list[Make]] = {}
    for kind, make in charts(look):
        kinds.setdefault(kind, []).append(make)
    print(f"{'':<14}{'charts':>8}{'figure, ms':>12}{'SVG, ms':>10}{'ratio':>8}{'KiB':>7}")
    for kind, makes in kinds.items():
        timed = [one for make in makes for one in time_both(make, reps)]
        making, drawing, size = (median(column) for column in zip(*timed, strict=True))
        print(f"{kind:<14}{len(makes):>8}{making:>12.2f}{drawing:>10.2f}{drawing / making:>8.2f}{size / 1024:>7.1f}")
    print(f"load average {os.getloadavg()[0]:.1f}")
    return 0


def charts(look: Look) -> Iterator[tuple[str, Make]]:
    """Each chart's kind, and what makes its figure."""
    for kpi in look.desk.store.definitions:
        page = look.indicator(IndicatorChoice(kpi))
        if page.outline is not None:
            yield "over time", lambda series=page.outline.series: control_chart(series)
        if page.teams is not None:
            yield "teams", lambda teams=page.teams: team_chart(teams)
        if page.breakdown is not None:
            yield "categories", lambda breakdown=page.breakdown: category_chart(breakdown)
        if page.distribution is not None:
            yield "workers", lambda distribution=page.distribution: distribution_chart(distribution)


def time_both(make: Make, reps: int) -> Iterator[tuple[float, float, int]]:
    """Milliseconds to make a figure and to draw it, and the letters of the picture, a few times over; the first, which
    warms both up, is left out."""
    for turn in range(reps + 1):
        start = perf_counter()
        figure = make()
        made = perf_counter()
        picture = figure_svg(figure, "A chart", width=WIDTHS["third"])
        drawn = perf_counter()
        if turn:
            yield 1000 * (made - start), 1000 * (drawn - made), len(picture)


if __name__ == "__main__":
    raise SystemExit(main())
