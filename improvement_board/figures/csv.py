"""CSV of series in the download contract: fixed columns, unrounded numbers, no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from improvement_board.figures.series import Series
from improvement_board.figures.targets import target_state_at

if TYPE_CHECKING:
    from improvement_board.figures.export_request import ExportRequest

COLUMNS = (
    "authority", "edition", "kpi", "title", "period_end", "period", "level", "team", "worker", "category", "numerator",
    "denominator", "value", "value_low", "value_high", "unit", "symbol", "target", "mean", "lower_limit", "upper_limit",
    "variation", "assurance", "england", "region", "neighbours", "comparator_period", "source",
    "verdict", "target_met",
)  # fmt: skip
TARGET_CELLS = {"met": "yes", "missed": "no", "within tolerance": "within tolerance"}
RISKY_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
BYTE_ORDER_MARK = "\ufeff"


def csv_text(authority: str, edition: str, series: Sequence[Series]) -> str:
    """The whole file as text, with a byte order mark so that Excel reads it as UTF-8."""
    return table_text(COLUMNS, csv_rows(authority, edition, series))


def table_text(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Any table as the text of a CSV file, in the habits of the download contract."""
    out = io.StringIO()
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[column]) for column in columns])
    return out.getvalue()


def csv_rows(authority: str, edition: str, series: Iterable[Series]) -> Iterator[dict[str, object]]:
    """One row a period, sorted by kpi, level, team, worker, category and period_end."""
    ordered = sorted(
        series,
        key=lambda each: (each.definition.id, each.level, each.team or "", each.worker or "", each.category or ""),
    )
    for each in ordered:
        for index in range(len(each.period_ends)):
            yield {"authority": authority, "edition": edition, **_row(each, index)}


def comparator_values(series: Series, index: int) -> tuple[dict[str, float | None], date | None]:
    """What comparators said at a period, by area type, and the end of their own period."""
    end = series.period_ends[index]
    points = {comparator.area_type: comparator.at(end) for comparator in series.comparators}
    values: dict[str, float | None] = {area: point.value if point else None for area, point in points.items()}
    ends = [point.period_end for point in points.values() if point]
    return values, max(ends) if ends else None


def _row(series: Series, index: int) -> dict[str, object]:
    definition, presented = series.definition, series.presented
    comparators, comparator_period = comparator_values(series, index)
    in_last_group = presented is not None and presented.rebase_groups[index] == presented.rebase_groups[-1]
    return {
        "kpi": definition.id,
        "title": definition.title,
        "period_end": series.period_ends[index].isoformat(),
        "period": series.grain,
        "level": series.level,
        "team": series.team,
        "worker": series.worker,
        "category": series.category,
        "numerator": series.numerators[index],
        "denominator": series.denominators[index],
        "value": series.values[index],
        "value_low": series.lows[index] if series.is_banded else None,
        "value_high": series.highs[index] if series.is_banded else None,
        "unit": series.unit,
        "symbol": series.symbols[index],
        "target": series.targets[index],
        "mean": presented.mean[index] if presented else None,
        "lower_limit": presented.lower_limit[index] if presented else None,
        "upper_limit": presented.upper_limit[index] if presented else None,
        "variation": presented.point_types[index] if presented else None,
        "assurance": presented.assurance if presented and in_last_group else None,
        "england": comparators.get("England"),
        "region": comparators.get("Region"),
        "neighbours": comparators.get("Statistical neighbours"),
        "comparator_period": comparator_period.isoformat() if comparator_period else None,
        "source": series.source,
        "verdict": series.verdict.word if series.verdict and index == series.latest else None,
        "target_met": TARGET_CELLS.get(target_state_at(series, index) or ""),
    }


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return safe_text(str(value))


def safe_text(text: str) -> str:
    """Text that no spreadsheet takes for a formula: one that starts like one gets a leading apostrophe."""
    return f"'{text}" if text.startswith(RISKY_STARTS) else text


def file_name(edition: str, request: ExportRequest) -> str:
    """The name of a download: KPI, team, level, category, period and edition, in letters, digits, dots and hyphens."""
    kpis = request.kpis[0] if len(request.kpis) == 1 else f"{len(request.kpis)}-kpis" if request.kpis else "all-kpis"
    period = (
        f"{request.first or 'start'}_to_{request.last or edition}" if request.first or request.last else "all-months"
    )
    split = f"by-{request.level}" if request.level != "service" else ""
    category = f"category-{request.category}" if request.category else "by-category" if request.by_category else ""
    grain = f"by-{request.by}" if request.by else ""
    parts = [kpis, request.team or "all-teams", split, category, grain, period, f"edition-{edition}"]
    cleaned = [re.sub(r"[^A-Za-z0-9._-]+", "-", part).strip("-.") for part in parts]
    return "_".join(part for part in cleaned if part)[:180] + ".csv"
