"""The latest figure of an indicator as cards, tables and charts tell it: trend, value, period, icons, comparators."""

from __future__ import annotations

from markupsafe import Markup

from improvement_board import words
from improvement_board.charts.sparkline import sparkline_svg, target_icon_svg, verdict_icon_svg
from improvement_board.document.environment import render
from improvement_board.document.meanings import explained
from improvement_board.document.parts import icon, image
from improvement_board.figures.few import is_few_at
from improvement_board.figures.formats import (
    NO_FIGURE,
    format_parts,
    format_period_short,
    format_share,
    format_value,
    unit_words,
)
from improvement_board.figures.recent import recent
from improvement_board.figures.series import Series
from improvement_board.page_models.models import KpiOutline

SHORT_NAMES = {"Statistical neighbours": "Neighbours"}


def trend(outline: KpiOutline, *, width: int, height: int, css_class: str) -> Markup:
    """The last three years of a KPI as a sparkline, with its sentence and its caveats as the alternative text."""
    said = words.with_caveats(outline.headline, outline.caveats)
    drawing = sparkline_svg(recent(outline.series), width=width, height=height)
    return image(drawing, f"Trend of {outline.series.definition.title}: {said}", css_class)


def latest_value(series: Series) -> str:
    """The latest figure, or the range it lies in, else why there is none; a share of a team's too few as its count."""
    index = words.latest_index(series)
    if index is None:
        return words.missing_cell(series, -1) if series.symbols else NO_FIGURE
    return figure_at(series, index)


def figure_at(series: Series, index: int) -> str:
    """The same of any of its periods."""
    if is_few_at(series, index):
        return format_share(series.values[index], series.unit, series.numerators[index], series.denominators[index])
    return words.figure_or_why(series, index)


def latest_size(series: Series) -> str:
    """What a team's or worker's latest figure is of, "12 of 16"; empty where the figure says it, or it is not known."""
    index = series.latest
    if index is None or series.level == "service" or series.denominators[index] is None:
        return ""
    size = format_parts(series.unit, series.numerators[index], series.denominators[index])
    return "" if size == latest_value(series) else size


def latest_period(series: Series) -> str:
    """The period of the latest figure; empty without one."""
    index = words.latest_index(series)
    if index is None:
        return ""
    return format_period_short(series.period_ends[index], series.grain, series.definition.timing)


def target_words(series: Series) -> str:
    """The target of the latest figure; empty without one."""
    target = words.latest_target(series)
    return f"target {format_value(target, series.unit)}" if target is not None else ""


def latest_marks(outline: KpiOutline) -> Markup:
    """The icons of the latest point beside their words, and for published figures where the authority stands."""
    marks: list[tuple[Markup, str]] = []
    rank = rank_words(outline)
    if outline.verdict:
        marks.append((icon(verdict_icon_svg(outline.series.verdict)), explained(outline.verdict)))
    if outline.target_kept:
        record = words.target_record(outline.series)
        marks.append((icon(target_icon_svg(record.kept if record else None)), outline.target_kept))
    if rank:
        marks.append((Markup(), rank))
    return render("latest", "marks", marks=marks)


def short_comparison(series: Series) -> list[str]:
    """Each comparator's name and figure; the year, and what is counted otherwise, stand with the last."""
    day = words.comparison_day(series)
    points = [(comparator, comparator.at(day)) for comparator in words.shown_comparators(series) if day is not None]
    known = [(comparator, point) for comparator, point in points if point is not None and point.value is not None]
    said = [
        f"{SHORT_NAMES.get(comparator.area_type, comparator.name)} {format_value(point.value, series.unit)}"
        for comparator, point in known
    ]
    if known:
        last, point = known[-1]
        year = format_period_short(point.period_end, "year", series.definition.timing) if series.grain != "year" else ""
        more = ", ".join(part for part in (year, words.on_one_line(last.differs)) if part)
        said[-1] += f" ({more})" if more else ""
    return said


def rank_words(lead: KpiOutline) -> str:
    """The authority's rank among all and among its neighbours, in words."""
    standing = lead.standing
    if standing is None:
        return ""
    definition = lead.series.definition
    order = "best first" if definition.better != "neither" else "lowest first"
    if definition.benchmarks.get("unit", lead.series.unit) != lead.series.unit:
        order = f"as a {unit_words(definition.benchmarks['unit'])}, {order}"
    near = ""
    if standing.neighbour_rank is not None:
        near = f", {standing.neighbour_rank} of {standing.of_neighbours} with its neighbours"
    return f"Rank {standing.rank} of {standing.of_all} authorities{near} ({order})"
