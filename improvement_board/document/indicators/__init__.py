"""Every indicator in one table: its trend, its figures now, at the last meeting and a year ago, and what it says."""

from __future__ import annotations

from markupsafe import Markup

from improvement_board import words
from improvement_board.charts.sparkline import verdict_icon_svg
from improvement_board.document.caveats import caveat_list, caveat_mark
from improvement_board.document.environment import render
from improvement_board.document.frame import subject
from improvement_board.document.latest import SHORT_NAMES, figure_at, latest_period, latest_value, trend
from improvement_board.document.matrix import matrix
from improvement_board.document.parts import INDICATORS, STACKED, Links, icon, note, table
from improvement_board.document.protection import protection_note
from improvement_board.document.yearly import yearly_table
from improvement_board.figures.formats import format_month, format_value
from improvement_board.figures.series import Series
from improvement_board.page_models.indicators_page import IndicatorsPage
from improvement_board.page_models.models import KpiOutline

NO_CELL = "–"
AREAS = ("England", "Region", "Statistical neighbours")


def lede(page: IndicatorsPage) -> str:
    """How many indicators the table has, of how many, and of what."""
    of = subject(page.frame)
    count = words.counted(page.count, "indicator", "indicators")
    many = count if not page.wanted.is_any else f"{len(page.shown)} of {count}"
    return f"{of[0].upper()}{of[1:]}: {many}, worst first."


def choices(page: IndicatorsPage) -> Markup:
    """The form that asks for some of them."""
    shared = page.frame.address.parameters()
    links = Links(shared)
    return render(
        "indicators",
        "choices",
        action=links.address(INDICATORS),
        shared=shared,
        wanted=page.wanted,
        verdicts=[("", "Every verdict"), *page.verdicts],
        ambitions=[("", "Every ambition"), *page.ambitions],
        every=links.to(INDICATORS, f"Show all {page.count}") if page.wanted.is_any else "",
    )


def listed(page: IndicatorsPage) -> Markup:
    """The table, or what to do where nothing is found; and what is to be known of its data."""
    if not page.shown:
        return note("No indicator is like that: try fewer letters, or another verdict or ambition.", "ib-empty")
    links = Links(page.frame.address.parameters())
    shown = [outline for outline, _ in page.shown]
    areas = [area for area in AREAS if any(_comparison(outline.series, area) != NO_CELL for outline in shown)]
    meeting = [f"Last meeting ({format_month(page.meeting_end)})"] if page.meeting_end else []
    columns = ["Indicator", "Trend", "Latest", *meeting, "A year before", "Target met", *(_area_name(a) for a in areas)]
    rows = [_row(outline, ambition, page, links, areas) for outline, ambition in page.shown]
    caption = "Latest figures of each indicator; trends are of the last three years"
    notes = protection_note(outline.series for outline in shown) + caveat_list(shown, links)
    return table(caption, [*columns, "What it says"], rows, css_class=f"{STACKED} ib-indicators") + notes


def where_each_stands(page: IndicatorsPage) -> Markup:
    """All of them by verdict and target, or yearly figures beside England."""
    links = Links(page.frame.address.parameters())
    if page.matrix is None:
        return yearly_table(page.outlines, links)
    marked = {outline.series.definition.id for outline in page.outlines if outline.caveats}
    whole = matrix(page.matrix, links, subject(page.frame), page.leads, marked)
    return render("indicators", "by_verdict", matrix=whole)


def _row(outline: KpiOutline, ambition: str, page: IndicatorsPage, links: Links, areas: list[str]) -> list[str]:
    series, definition = outline.series, outline.series.definition
    return [
        render(
            "indicators",
            "name",
            link=links.to_kpi(definition.id, definition.title),
            caveat=caveat_mark(bool(outline.caveats)),
            ambition=ambition,
        ),
        trend(outline, width=120, height=32, css_class="ib-trend"),
        render("indicators", "figure", value=latest_value(series), period=_other_period(series, page)),
        *_earlier(series, page),
        _target_met(series),
        *(_comparison(series, area) for area in areas),
        render(
            "indicators",
            "verdict",
            icon=icon(verdict_icon_svg(series.verdict)) if outline.verdict else Markup(),
            word=outline.verdict or "Not judged",
        ),
    ]


def _other_period(series: Series, page: IndicatorsPage) -> str:
    """The period of the latest figure, where it is not the month that the edition ends with."""
    index = words.latest_index(series)
    if index is None:
        return ""
    is_own = series.grain == "month" and series.period_ends[index] == (
        page.frame.address.last or page.frame.edition_day
    )
    return "" if is_own else latest_period(series)


def _earlier(series: Series, page: IndicatorsPage) -> list[str]:
    """The figure that the last meeting read, where there was one, and that of a year before; a dash for none."""
    series = series.known
    of_meeting, of_year = words.earlier_months(series, page.meeting_end)
    wanted = [of_meeting, of_year] if page.meeting_end else [of_year]
    return [NO_CELL if at is None else figure_at(series, at) for at in wanted]


def _target_met(series: Series) -> str:
    record = words.target_record(series)
    return NO_CELL if record is None else f"{record.met} of {record.told}"


def _comparison(series: Series, area: str) -> str:
    day = words.comparison_day(series)
    for comparator in words.shown_comparators(series):
        point = comparator.at(day) if day is not None and comparator.area_type == area else None
        if point is not None and point.value is not None:
            return f"{format_value(point.value, series.unit)}{'*' if comparator.differs else ''}"
    return NO_CELL


def _area_name(area: str) -> str:
    return SHORT_NAMES.get(area, area)
