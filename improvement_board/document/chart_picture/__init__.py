"""The picture of a chart to save: an SVG that says all by itself, and the links that it is saved by.

The links are plain ones. A PNG is made of the SVG by the browser, which has letters for it, so that without scripts
there is the SVG alone.
"""

from __future__ import annotations

import re
from functools import partial

from improvement_board import words
from improvement_board.charts.drawing import WIDTHS, chart_sheet
from improvement_board.charts.legend import event_letters
from improvement_board.document.control_chart import unit_of
from improvement_board.document.drawn_chart import Chart, Said
from improvement_board.document.frame import meeting_words
from improvement_board.document.saves import Save
from improvement_board.figures.download import SVG_SUFFIX, Download
from improvement_board.figures.series import Series
from improvement_board.page_models.models import Frame, IndicatorPage, KpiOutline

LONGEST_NAME = 120
LOW = 250  # pixels: charts less high are drawn less wide


def said_of(outline: KpiOutline, *, with_events: bool = False) -> Said:
    """What the picture of a KPI's chart says: whose figures, their unit, what is to be known of the data, the source.
    `with_events`: the chart has letters for events, which are told."""
    series = outline.series
    caveats = f"{words.CAVEAT}: {' '.join(outline.caveats)}" if outline.caveats else ""
    events = _event_lines(series) if with_events else []
    return _said(words.subject(series), unit_of(series), *events, outline.protection, caveats, source=series.source)


def said_of_part(page: IndicatorPage, title: str, unit: str, protection: str = "") -> Said:
    """The same of a chart of the parts of a KPI, such as its teams. `protection`: what of them is kept back."""
    source = page.outline.series.source if page.outline else ""
    return _said(f"{page.definition.title} {title}", unit, protection, source=source)


def _said(title: str, unit: str, *more: str, source: str) -> Said:
    lines = (unit[:1].upper() + unit[1:], *more, f"Source: {source}" if source else "")
    return Said(words.on_one_line(title), tuple(words.on_one_line(line) for line in lines if line))


def _event_lines(series: Series) -> list[str]:
    told = words.event_words(series)
    return [f"{letter}: {event}" for letter, event in zip(event_letters(len(told)), told, strict=True)]


def picture_svg(chart: Chart, frame: Frame) -> str:
    """The picture of a chart: its title, legend, unit and source, then whose it is, of which meeting, and its mark."""
    whose = [frame.label, frame.council, *meeting_words(frame)]
    last = words.on_one_line(" · ".join(part for part in whose if part))
    notes = [*chart.said.notes, last]
    width = WIDTHS["half" if chart.figure["layout"]["height"] < LOW else "wide"]
    return chart_sheet(chart.figure, chart.alternative, title=chart.said.title, notes=notes, width=width)


def picture_save(chart: Chart, frame: Frame) -> Save:
    """The picture of a chart as a file of its page."""
    download = Download(picture_name(chart, frame), partial(picture_svg, chart, frame))
    return Save(f"{chart.name}{SVG_SUFFIX}", f"the chart {chart.said.title}", download)


def picture_name(chart: Chart, frame: Frame) -> str:
    """The name of a picture's file: what it shows and the edition, in letters, digits, dots and hyphens."""
    shown = re.sub(r"[^A-Za-z0-9]+", "-", chart.said.title)[:LONGEST_NAME].strip("-").lower()
    return f"{shown or chart.key}_edition-{frame.edition}{SVG_SUFFIX}"
