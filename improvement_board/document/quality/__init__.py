"""The data quality page as HTML: verdict, indicators with a caveat, sources, checks, every indicator."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from improvement_board import words
from improvement_board.document.caveats import caveat_mark
from improvement_board.document.frame import format_edition, since_words
from improvement_board.document.parts import STACKED, Links, details, headed, note, table
from improvement_board.figures.formats import format_apart, format_day, format_period, format_value
from improvement_board.page_models.quality_models import (
    CheckLine,
    KpiQuality,
    QualityPage,
    Restated,
    SourceRows,
    SourceTable,
    Winner,
)

SHOWN_CHECKS = 20
SEVERITY_WORDS = {"stop": "Stop: not to be published", "error": "Error: rows kept out", "warning": "Warning: rows kept"}


def verdict(page: QualityPage) -> str:
    """What a person needs who reads no further."""
    return " ".join(page.verdict)


def exceptions(page: QualityPage) -> Markup:
    """What there is to know of indicators, before all else: their caveats, and which are late, without teams, restated
    or not supplied."""
    return caveats_of_indicators(page) + _exceptional(page) + left_out(page)


def rest(page: QualityPage) -> Markup:
    """What the exceptions were found in: the other indicators, the checks, the sources."""
    return _unexceptional(page) + checks(page) + sources(page)


def caveats_of_indicators(page: QualityPage) -> Markup:
    """The indicators that carry a caveat, each with what is the matter."""
    if not page.with_caveat:
        return Markup()
    links = _links(page)
    rows = [[_name(indicator, links), " ".join(indicator.caveats)] for indicator in page.with_caveat]
    caption = "Why the figures may be wrong; the same is said wherever they are shown"
    made = table(caption, ["Indicator", words.CAVEAT], rows, css_class=STACKED)
    return headed("Indicators with a data caveat", made)


def sources(page: QualityPage) -> Markup:
    """Every source with its rows, and in each edition before; each file and table on request; which source wins."""
    if not page.sources:
        return headed("Sources", note("No source is recorded for this edition.", "ib-empty"))
    rows = [[source.title, _day(source.day), *_rows(source.rows)] for source in page.sources]
    columns = ["Source", "Data up to", *_row_columns(page)]
    caption = "What each source gave this edition: rows used, lost and rejected are all that was read"
    made = table(caption, columns, rows, numbers=range(2, len(columns)), css_class=STACKED)
    every = Markup().join(
        details(f"{source.title}: each table and file ({len(source.tables)})", _tables(page, source.tables))
        for source in page.sources
    )
    return headed("Sources", made + every + _winners(page.winners))


def _tables(page: QualityPage, tables: Sequence[SourceTable]) -> Markup:
    rows = [
        [table_line.table, table_line.file or "–", _day(table_line.day), *_rows(table_line.rows)]
        for table_line in tables
    ]
    columns = ["Table", "File", "Data up to", *_row_columns(page)]
    return table("Rows by table and file", columns, rows, numbers=range(3, len(columns)), css_class=STACKED)


def _row_columns(page: QualityPage) -> list[str]:
    before = [f"Used in the edition of {format_edition(name)}" for name in page.editions]
    return [*before, "Rows used", "Lost to another source", "Rejected"]


def _rows(rows: SourceRows) -> list[str]:
    return [*(_count(earlier) for earlier in rows.earlier), *map(_count, (rows.used, rows.lost, rows.rejected))]


def _count(number: int | None) -> str:
    return "–" if number is None else f"{number:,}"


def _day(day: date | None) -> str:
    return format_day(day) if day else "–"


def _winners(winners: Sequence[Winner]) -> Markup:
    if not winners:
        return Markup()
    rows = [[winner.table, ", then ".join(winner.sources)] for winner in winners]
    caption = "Where several sources have a table: an event that two of them hold is taken from the first"
    return table(caption, ["Table", "Taken from"], rows, css_class=STACKED)


def checks(page: QualityPage) -> Markup:
    """The checks that rows failed, worst first, beside the edition before; how many found nothing."""
    if not page.checks:
        return headed("Checks", note("No check of the data is recorded for this edition.", "ib-empty"))
    failed = [check for check in page.checks if check.failures]
    passed = len(page.checks) - len(failed)
    said = f"{words.counted(passed, 'check', 'checks')} found nothing wrong."
    made = Markup() if not failed else _failed("Checks that rows failed, the worst first", failed[:SHOWN_CHECKS])
    more = failed[SHOWN_CHECKS:]
    if more:
        made += details(f"{len(more):,} more checks that rows failed", _failed("Checks of lesser weight", more))
    return headed("Checks", made + note(said, "ib-note" if failed else ""))


def _failed(caption: str, failed: Sequence[CheckLine]) -> Markup:
    columns = ["Check", "What it means", "Table and column", "Rows failing", "In the edition before"]
    return table(caption, columns, [_check(check) for check in failed], numbers=(3, 4), css_class=STACKED)


def _check(check: CheckLine) -> list[str]:
    return [
        check.title,
        SEVERITY_WORDS.get(check.severity, check.severity),
        ", ".join(part for part in (check.table, check.column) if part) or "–",
        f"{check.failures:,}",
        _count(check.before),
    ]


def left_out(page: QualityPage) -> Markup:
    """The plan's KPIs that the edition does not have, and what each needs."""
    if not page.not_supplied:
        return Markup()
    rows = [[kpi.title, ", ".join(kpi.needs) or "its figures"] for kpi in page.not_supplied]
    made = table("They are left out, never shown as zero", ["Indicator", "Needs"], rows, css_class=STACKED)
    return headed("Indicators of the plan not supplied", made)


def _exceptional(page: QualityPage) -> Markup:
    """The indicators that there is something to know of: how complete, how recent, what was restated."""
    found = [kpi for kpi in page.kpis if kpi.is_exception]
    if not page.kpis:
        return Markup()
    if not found:
        nothing = "Every indicator is current and complete, and none was restated."
        return headed("Late, incomplete or restated", note(nothing, "ib-empty"))
    return headed(
        "Late, incomplete or restated",
        _indicators(page, found, f"{_of(found, page)}: late, with few teams recorded, restated, or with a caveat"),
    )


def _unexceptional(page: QualityPage) -> Markup:
    """The other indicators, on request."""
    found = [kpi for kpi in page.kpis if not kpi.is_exception]
    if not found:
        return Markup()
    said = f"{_of(found, page)} that are current and complete, and were not restated"
    return details(said, _indicators(page, found, said))


def _of(found: Sequence[KpiQuality], page: QualityPage) -> str:
    return f"{len(found)} of {words.counted(len(page.kpis), 'indicator', 'indicators')}"


def _indicators(page: QualityPage, shown: Sequence[KpiQuality], caption: str) -> Markup:
    links = _links(page)
    rows = [
        [
            _name(indicator, links) + caveat_mark(bool(indicator.caveats)),
            _latest(indicator),
            _share(indicator.recorded.team if indicator.recorded else None, "team"),
            _share(indicator.recorded.worker if indicator.recorded else None, "worker"),
            _restated(indicator.restated, indicator),
        ]
        for indicator in shown
    ]
    columns = [
        "Indicator",
        "Latest figure",
        "Team recorded",
        "Worker recorded",
        f"Restated since {since_words(page.frame)}",
    ]
    caption += ". Team and worker recorded: the share of the cases of the last 12 periods"
    return table(caption, columns, rows, css_class=STACKED)


def _links(page: QualityPage) -> Links:
    return Links(page.frame.address.parameters())


def _name(indicator: KpiQuality, links: Links) -> Markup:
    return links.to_kpi(indicator.kpi, indicator.title)


def _latest(indicator: KpiQuality) -> str:
    recorded = indicator.recorded
    if recorded is None:
        return "No figure"
    period = format_period(recorded.latest, recorded.grain, indicator.timing)
    if recorded.is_late:
        return f"{period}, {words.late_by(recorded.late, recorded.grain)}"
    return f"{period}, as is usual for it" if recorded.late else period


def _share(percentage: float | None, what: str) -> str:
    return f"Not split by {what}" if percentage is None else words.share_words(percentage)


def _restated(restated: Restated | None, indicator: KpiQuality) -> str:
    if restated is None:
        return "Nothing"
    period = format_period(restated.period_end, restated.grain, indicator.timing)
    if restated.before is not None and restated.now is not None:
        before, now = format_apart([restated.before, restated.now], restated.unit)
    else:
        before, now = (format_value(value, restated.unit) for value in (restated.before, restated.now))
    most = "the most: " if restated.figures > 1 else ""
    return f"{words.counted(restated.figures, 'figure', 'figures')}; {most}{period}, from {before} to {now}"
