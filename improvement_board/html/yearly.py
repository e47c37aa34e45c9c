"""What stands in place of the matrix of indicators where figures are yearly, too few for control charts."""

from __future__ import annotations

from improvement_board.declared.kpis import Better
from improvement_board.figures.formats import format_change, format_period_short, format_value, is_same
from improvement_board.html.cards import rank_words
from improvement_board.html.caveats import caveat_mark
from improvement_board.html.parts import INDICATOR, Links, text
from improvement_board.page_models.models import KpiOutline, PlanPage
from improvement_board.page_models.plan_page import england_at


def yearly_table(page: PlanPage, links: Links) -> str:
    """In place of the matrix where figures are yearly: change on the year before, distance from England, ranks."""
    yearly = [
        outline for outline in page.outlines if outline.series.grain == "year" and outline.series.latest is not None
    ]
    if not yearly:
        return ""
    columns = ("Indicator", "Latest", "Change on the year before", "England", "Distance from England", "Rank")
    head = "".join(f'<th scope="col">{text(column)}</th>' for column in columns)
    rows = "".join(_yearly_row(outline, links) for outline in yearly)
    return (
        '<div class="ib-scroll"><table class="ib-table ib-stacked"><caption>The latest published year of each; '
        "ranks count from the best, or from the lowest where neither direction is better</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _yearly_row(outline: KpiOutline, links: Links) -> str:
    series, index = outline.series, outline.series.latest or 0
    value, unit, better = series.values[index], series.unit, series.definition.better
    before = series.values[index - 1] if index else None
    period = format_period_short(series.period_ends[index], "year", series.definition.timing)
    theirs = england_at(series, index)
    cells = (
        ("Latest", f"{format_value(value, unit)} ({period})"),
        ("Change on the year before", _judged(value, before, unit, better)),
        ("England", format_value(theirs, unit) if theirs is not None else "–"),
        ("Distance from England", _judged(value, theirs, unit, better)),
        ("Rank", rank_words(outline) or "–"),
    )
    body = "".join(f'<td data-label="{text(label)}">{text(cell)}</td>' for label, cell in cells)
    name = links.to(INDICATOR, series.definition.title, {"kpi": series.definition.id})
    return f'<tr><th scope="row">{name}{caveat_mark(bool(outline.caveats))}</th>{body}</tr>'


def _judged(value: float | None, other: float | None, unit: str, better: Better) -> str:
    """A difference with its sign, and whether it is better or worse."""
    if value is None or other is None:
        return "–"
    said = format_change(value - other, unit)
    if better == "neither" or is_same(value, other):
        return said
    return f"{said}, {'better' if (value > other) == (better == 'higher') else 'worse'}"
