"""What stands around a chart: the sentence, the icons with their words, comparators, the table, the source."""

from __future__ import annotations

from collections.abc import Iterable
from html import unescape

from markupsafe import Markup

from improvement_board import words
from improvement_board.charts import Figure, LegendEntry, legend
from improvement_board.charts.legend import event_letters, themed
from improvement_board.document.caveats import caveat_block
from improvement_board.document.environment import render
from improvement_board.document.latest import latest_marks
from improvement_board.document.meanings import explained
from improvement_board.document.parts import Links, icon, note, table
from improvement_board.document.protection import protection_line
from improvement_board.figures.formats import format_period, format_value, unit_words
from improvement_board.figures.series import Series
from improvement_board.page_models.models import KpiOutline

TABLE_PERIODS = 13


def chart_head(outline: KpiOutline, links: Links | None, *, is_alone: bool = True) -> Markup:
    """The KPI's name (a link where `links` are given), of when the figure in its sentence is (others on the page are of
    longer periods), its sentence, what is kept back of it, any data caveats, its icons; where it stands alone, without
    its facts beside it, its earlier figures and comparators too."""
    series, definition = outline.series, outline.series.definition
    index = words.latest_index(series)
    return render(
        "control_chart",
        "head",
        name=links.to_kpi(definition.id, definition.title) if links else definition.title,
        unit=unit_of(series),
        period="" if index is None else format_period(series.period_ends[index], series.grain, definition.timing),
        outline=outline,
        notes=protection_line(outline.protection) + caveat_block(outline),
        marks=latest_marks(outline),
        is_alone=is_alone,
    )


def no_figures(series: Series) -> Markup:
    """What stands in place of a chart without any figure."""
    said = "There is no figure for this choice: try another team or period."
    if words.has_hidden(series):
        said = "Every figure of this choice is kept back: try another team or period, or the whole service."
    return note(said, "ib-empty")


def unit_of(series: Series) -> str:
    """The unit of a series, and which way is better, in words."""
    better = {"higher": "higher is better", "lower": "lower is better"}.get(series.definition.better, "")
    return f"{unit_words(series.unit)}, {better}" if better else unit_words(series.unit)


def chart_foot(outline: KpiOutline, figure: Figure) -> Markup:
    """The legend, what the letters of events stand for, what the verdict rests on, the last periods, and the source."""
    series = outline.series
    said = words.event_words(series)
    return render(
        "control_chart",
        "foot",
        legend=legend_line(figure),
        events=list(zip(event_letters(len(said)), said, strict=True)),
        why=words.why_words(series),
        figures=figures_table(series),
        source=series.source,
    )


def legend_line(figure: Figure) -> Markup:
    """The legend of a chart, wrapping as text does."""
    return legend_of(legend(figure))


def legend_of(entries: Iterable[LegendEntry]) -> Markup:
    """Entries of a legend, each with its sample. Their names are HTML, as Plotly takes them."""
    drawn = [(icon(themed(entry.svg), "ib-sample"), explained(unescape(entry.name))) for entry in entries]
    return render("control_chart", "legend", entries=drawn)


def figures_table(series: Series) -> Markup:
    """The last periods, the newest first: figure, parts and target; where only ranges are given, the range and target
    alone."""
    definition = series.definition
    has_parts = series.unit != "count" and not series.is_banded
    has_targets = any(target is not None for target in series.targets)
    columns = ["Period", definition.title]
    columns += ["Numerator", "Denominator"] if has_parts else []
    columns += ["Target"] if has_targets else []
    rows = range(len(series.period_ends))
    shown = [_row(series, index, has_parts, has_targets) for index in rows[-TABLE_PERIODS:]][::-1]
    caption = f"{definition.title}, last {len(shown)} periods; all {len(rows)} are in the download"
    if len(rows) <= TABLE_PERIODS:
        caption = f"{definition.title}, all periods"
    return table(caption, columns, shown, numbers=range(1, len(columns)))


def _row(series: Series, index: int, has_parts: bool, has_targets: bool) -> list[str]:
    cells = [
        format_period(series.period_ends[index], series.grain, series.definition.timing),
        words.figure_or_why(series, index),
    ]
    if has_parts:
        cells += [_part(series.numerators[index]), _part(series.denominators[index])]
    if has_targets:
        target = series.targets[index]
        cells.append(format_value(target, series.unit) if target is not None else "–")
    return cells


def _part(value: float | None) -> str:
    return "–" if value is None else format_value(value, "count")
