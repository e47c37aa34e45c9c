"""Data quality: how far the figures of an edition can be relied on, source by source, check by check, KPI by KPI."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress

from improvement_board import words
from improvement_board.editions.manifest import CheckRecord, EditionName, Manifest, SourceRecord, read_manifest
from improvement_board.editions.open_edition import Row
from improvement_board.editions.shelf import Shelf
from improvement_board.errors import InputError
from improvement_board.page_models.address import Address
from improvement_board.page_models.desk import Desk
from improvement_board.page_models.outline import find_not_supplied
from improvement_board.page_models.quality_models import (
    CheckLine,
    KpiQuality,
    QualityPage,
    Restated,
    SourceQuality,
    SourceRows,
    SourceTable,
    Winner,
)

SEVERITIES = ("stop", "error", "warning")
EARLIER_EDITIONS = 3
UNNAMED = "Record-level tables"


def has_quality_page(desk: Desk) -> bool:
    """Whether an edition is the council's own: published statistics were checked by their publisher, come years apart
    and are split by no team. The about page lists them with their vintage."""
    return not desk.store.manifest.is_published


def manifests_before(shelf: Shelf, name: EditionName) -> tuple[Manifest, ...]:
    """The manifests of the last editions before one that can be read, the earliest first."""
    readable = []
    for earlier, edition in shelf.latest.items():
        if earlier.day < name.day:
            with suppress(InputError):  # said on the page of that edition; here it only cannot be compared with
                readable.append(read_manifest(edition.folder))
    return tuple(readable[-EARLIER_EDITIONS:])


def quality_page(desk: Desk, address: Address, earlier: Sequence[Manifest]) -> QualityPage:
    """The page of an edition beside the manifests of those before it, the earliest first."""
    store = desk.store
    restated = {row["kpi"]: _read_restated(row) for row in store.rows("changes") if row["kind"] == "restated"}
    kpis = tuple(_describe_kpi(desk, kpi, restated.get(kpi)) for kpi in store.plan.kpis if kpi in store.definitions)
    before = earlier[-1] if earlier else None
    return QualityPage(
        frame=desk.frame(address),
        verdict=tuple(_say_verdict(kpis)),
        editions=tuple(str(manifest.name) for manifest in earlier),
        sources=_describe_sources(store.manifest, earlier),
        winners=_list_winners(store.manifest),
        checks=_compare_checks(store.manifest.checks, before.checks if before else ()),
        kpis=kpis,
        not_supplied=find_not_supplied(store, store.plan.kpis),
    )


def _say_verdict(kpis: Sequence[KpiQuality]) -> list[str]:
    if not kpis:
        return ["None of the plan's indicators is supplied."]
    said = [words.reliance_words(len(kpis), sum(bool(kpi.caveats) for kpi in kpis))]
    partly = sum(1 for kpi in kpis if kpi.recorded and kpi.recorded.is_partly_by_team)
    return [*said, words.by_team_words(partly)] if partly else said


def _describe_kpi(desk: Desk, kpi: str, restated: Restated | None) -> KpiQuality:
    definition = desk.store.definitions[kpi]
    return KpiQuality(
        kpi=kpi,
        title=definition.title,
        timing=definition.timing,
        recorded=desk.recorded.get(kpi),
        restated=restated,
        caveats=desk.caveats[kpi].caveats,
    )


def _read_restated(row: Row) -> Restated:
    return Restated(
        since=row["previous"],
        figures=row["periods"],
        period_end=row["period_end"],
        before=row["before"],
        now=row["now"],
        unit=row["unit"],
        grain=row["grain"],
    )


def _describe_sources(manifest: Manifest, earlier: Sequence[Manifest]) -> tuple[SourceQuality, ...]:
    by_format: dict[str, list[SourceRecord]] = {}
    for record in manifest.sources:
        by_format.setdefault(record.source, []).append(record)
    of_format = [Counter[str]() for _ in earlier]
    of_table = [Counter[tuple[str, str]]() for _ in earlier]
    for before, format_rows, table_rows in zip(earlier, of_format, of_table, strict=True):
        for record in before.sources:
            format_rows[record.source] += record.rows
            table_rows[record.source, record.table] += record.rows
    return tuple(
        SourceQuality(
            title=_choose_title(records),
            day=max((record.date for record in records if record.date), default=None),
            rows=_add_up_rows(records, tuple(format_rows.get(name) for format_rows in of_format)),
            tables=tuple(
                SourceTable(
                    table=record.table,
                    file=record.file,
                    day=record.date,
                    rows=_add_up_rows([record], tuple(table_rows.get((name, record.table)) for table_rows in of_table)),
                )
                for record in records
            ),
        )
        for name, records in by_format.items()
    )


def _choose_title(records: Sequence[SourceRecord]) -> str:
    return next((record.title or record.source for record in records if record.title or record.source), UNNAMED)


def _add_up_rows(records: Sequence[SourceRecord], earlier: tuple[int | None, ...]) -> SourceRows:
    return SourceRows(
        used=sum(record.rows for record in records),
        lost=sum(record.lost for record in records),
        rejected=sum(record.rejected for record in records),
        earlier=earlier,
    )


def _list_winners(manifest: Manifest) -> tuple[Winner, ...]:
    titles: Mapping[str, str] = {record.source: record.title for record in manifest.sources if record.title}
    return tuple(
        Winner(table, tuple(titles.get(source, source) for source in order))
        for table, order in sorted(manifest.wins.items())
    )


def _compare_checks(now: Sequence[CheckRecord], before: Sequence[CheckRecord]) -> tuple[CheckLine, ...]:
    """Every check, worst first: by severity, then by how many rows failed."""
    earlier = {(check.check, check.table, check.column): check.failures for check in before}
    lines = [
        CheckLine(
            severity=check.severity,
            title=check.title or check.check,
            table=check.table or "",
            column=check.column or "",
            failures=check.failures,
            before=earlier.get((check.check, check.table, check.column)),
        )
        for check in now
    ]
    return tuple(
        sorted(lines, key=lambda line: (_rank_severity(line.severity), -line.failures, line.title, line.table))
    )


def _rank_severity(severity: str) -> int:
    return SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)
