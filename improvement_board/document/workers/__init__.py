"""The workers of an indicator: those of a team, the one that is chosen, those with more cases than the limit."""

from __future__ import annotations

from markupsafe import Markup

from improvement_board.document.environment import render
from improvement_board.document.parts import INDICATOR, STACKED, Links, details, table
from improvement_board.figures.formats import format_month, format_share, format_value
from improvement_board.figures.series import Distribution, WorkerFigure
from improvement_board.page_models.models import IndicatorPage


def worker_table(page: IndicatorPage, workers: tuple[WorkerFigure, ...]) -> Markup:
    """The workers of a team, highest first, each a link to the worker's own chart."""
    links, unit = Links(page.frame.address.parameters()), page.definition.unit
    rows = [
        [
            links.to(INDICATOR, page.name_of(worker.worker), {"kpi": page.definition.id, "worker": worker.worker}),
            format_share(worker.value, unit, worker.numerator, worker.denominator),
            _part(worker.numerator),
            _part(worker.denominator),
        ]
        for worker in workers
    ]
    columns = ["Worker", page.definition.title, "Numerator", "Denominator"]
    who = "Workers" if page.worker_names else "Pseudonymous worker ids"
    made = table(f"{who}; latest period", columns, rows, numbers=(1, 2, 3))
    return render("workers", "of_team", team=page.frame.address.team or "", table=made)


def _part(value: float | None) -> str:
    return "–" if value is None else format_value(value, "count")


def worker_heading(page: IndicatorPage) -> Markup:
    """Whose chart follows, where the viewer may know."""
    worker = page.worker.series.worker if page.worker else None
    named = worker is not None and worker in page.worker_names
    return render("workers", "heading", name=page.name_of(worker)) if worker is not None and named else Markup()


def above_limit_table(page: IndicatorPage, distribution: Distribution) -> Markup:
    """Those with more cases than the limit, with their case types."""
    limit, month = format_value(distribution.limit, "count"), format_month(distribution.period_end)
    if not distribution.above:
        return render("workers", "none_above", limit=limit)
    rows = [
        [
            page.name_of(worker.worker),
            worker.team or "not recorded",
            format_value(worker.numerator, "count"),
            ", ".join(f"{format_value(cases, 'count')} {kind}" for kind, cases in worker.categories),
        ]
        for worker in distribution.above
    ]
    caption = f"Workers with more than {limit} cases, {month}"
    columns = ["Worker", "Team", "Cases", "Case types"]
    return details(
        f"The {len(rows)} workers above the limit", table(caption, columns, rows, numbers=(2,), css_class=STACKED)
    )
