"""What stands around a chart: the sentence, the icons with their words, comparators, the table, the source."""

from __future__ import annotations

from improvement_board import words
from improvement_board.charts import Figure, legend
from improvement_board.charts.legend import event_letters
from improvement_board.figures.formats import format_period, format_value, unit_words
from improvement_board.figures.series import Series
from improvement_board.html.cards import latest_marks
from improvement_board.html.caveats import caveat_block
from improvement_board.html.parts import INDICATOR, Links, details, image, table, text
from improvement_board.html.protection import protection_line
from improvement_board.page_models.models import KpiOutline

TABLE_PERIODS = 13


def chart_head(outline: KpiOutline, links: Links | None, *, level: int = 2) -> str:
    """The KPI's name (a link where `links` are given), its sentence, what is kept back of it, any data caveats, its
    icons, its comparators."""
    series, definition = outline.series, outline.series.definition
    name = links.to(INDICATOR, definition.title, {"kpi": definition.id}) if links else text(definition.title)
    unit = f'<span class="ib-unit">({text(unit_of(series))}){_period_of_figure(series)}</span>'
    compared = "".join(
        f'<p class="ib-facts">{text(said)}</p>' for said in (outline.earlier, outline.comparison) if said
    )
    return (
        f'<div class="ib-chart-head"><p class="ib-kpi">{name} {unit}</p>'
        f'<h{level} class="ib-headline">{text(outline.headline)}</h{level}>'
        f"{protection_line(outline.protection)}{caveat_block(outline)}"
        f'<p class="ib-marks">{latest_marks(outline)}</p>{compared}</div>'
    )


def _period_of_figure(series: Series) -> str:
    """Of when the figure in the sentence is: other figures on the page are of longer periods."""
    index = words.latest_index(series)
    if index is None:
        return ""
    return f", {text(format_period(series.period_ends[index], series.grain, series.definition.timing))}"


def no_figures(series: Series) -> str:
    """What stands in place of a chart without any figure."""
    said = "There is no figure for this choice: try another team or period."
    if words.has_hidden(series):
        said = "Every figure of this choice is kept back: try another team or period, or the whole service."
    return f'<p class="ib-empty">{text(said)}</p>'


def unit_of(series: Series) -> str:
    """The unit of a series, and which way is better, in words."""
    better = {"higher": "higher is better", "lower": "lower is better"}.get(series.definition.better, "")
    return f"{unit_words(series.unit)}, {better}" if better else unit_words(series.unit)


def chart_foot(outline: KpiOutline, figure: Figure, key_under: str = "") -> str:
    """The legend, what the letters of events stand for, what the verdict rests on, the last periods, and the source.

    `key_under` names an indicator under whose chart, further up, the same letters are explained.
    """
    series = outline.series
    table_of_figures = details("Figures", figures_table(series))
    return legend_line(figure) + _event_key(series, key_under) + _why(series) + table_of_figures + source_line(series)


def _why(series: Series) -> str:
    said = words.why_words(series)
    return details("Why the page says so", f"<p>{text(said)}</p>") if said else ""


def legend_line(figure: Figure) -> str:
    """The legend of a chart, wrapping as text does. The names come from the figure, where they are escaped already."""
    entries = "".join(
        f'<span class="ib-key">{image(entry.svg, "", "ib-sample")}{entry.name}</span>' for entry in legend(figure)
    )
    return f'<p class="ib-keys">{entries}</p>'


def _event_key(series: Series, key_under: str) -> str:
    said = words.event_words(series)
    letters = event_letters(len(said))
    if said and key_under:
        these = " to ".join(dict.fromkeys((letters[0], letters[-1])))
        return f'<p class="ib-note"><strong>{these}</strong>: as under {text(key_under)}, above</p>'
    entries = "".join(
        f'<span class="ib-key"><strong>{letter}</strong>{text(event)}</span>'
        for letter, event in zip(letters, said, strict=True)
    )
    return f'<p class="ib-keys">{entries}</p>' if entries else ""


def source_line(series: Series) -> str:
    """Where the figures come from."""
    return f'<p class="ib-source">Source: {text(series.source)}</p>'


def figures_table(series: Series) -> str:
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
