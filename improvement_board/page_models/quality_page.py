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
    and are split by no team; the about page lists them with their vintage."""
    return not desk.store.manifest.is_published


def manifests_before(shelf: Shelf, name: EditionName) -> tuple[Manifest, ...]:
    """The manifests of the last editions before one that can be read, the earliest first."""
    found = []
    for earlier, edition in shelf.latest.items():
        if earlier.day < name.day:
            with suppress(InputError):  # said on the page of that edition; here it only cannot be compared with
                found.append(read_manifest(edition.folder))
    return tuple(found[-EARLIER_EDITIONS:])


def quality_page(desk: Desk, address: Address, earlier: Sequence[Manifest]) -> QualityPage:
    """The page of an edition beside the manifests of those before it, the earliest first."""
    store = desk.store
    restated = {row["kpi"]: _restated(row) for row in store.rows("changes") if row["kind"] == "restated"}
    kpis = tuple(_kpi(desk, kpi, restated.get(kpi)) for kpi in store.plan.kpis if kpi in store.definitions)
    before = earlier[-1] if earlier else None
    return QualityPage(
        frame=desk.frame(address),
        verdict=tuple(_verdict(kpis)),
        editions=tuple(str(manifest.name) for manifest in earlier),
        sources=_sources(store.manifest, earlier),
        winners=_winners(store.manifest),
        checks=_checks(store.manifest.checks, before.checks if before else ()),
        kpis=kpis,
        not_supplied=find_not_supplied(store, store.plan.kpis),
    )


def _verdict(kpis: Sequence[KpiQuality]) -> list[str]:
    if not kpis:
        return ["None of the plan's indicators is supplied."]
    said = [words.reliance_words(len(kpis), sum(bool(one.caveats) for one in kpis))]
    partly = sum(1 for one in kpis if one.recorded and one.recorded.is_partly_by_team)
    return [*said, words.by_team_words(partly)] if partly else said


def _kpi(desk: Desk, kpi: str, restated: Restated | None) -> KpiQuality:
    definition = desk.store.definitions[kpi]
    return KpiQuality(
        kpi=kpi,
        title=definition.title,
        timing=definition.timing,
        recorded=desk.recorded.get(kpi),
        restated=restated,
        caveats=desk.caveats[kpi].caveats,
    )


def _restated(row: Row) -> Restated:
    return Restated(
        since=row["previous"],
        figures=row["periods"],
        period_end=row["period_end"],
        before=row["before"],
        now=row["now"],
        unit=row["unit"],
        grain=row["grain"],
    )


def _sources(manifest: Manifest, earlier: Sequence[Manifest]) -> tuple[SourceQuality, ...]:
    by_format: dict[str, list[SourceRecord]] = {}
    for record in manifest.sources:
        by_format.setdefault(record.source, []).append(record)
    of_format = [Counter[str]() for _ in earlier]
    of_table = [Counter[tuple[str, str]]() for _ in earlier]
    for place, before in enumerate(earlier):
        for record in before.sources:
            of_format[place][record.source] += record.rows
            of_table[place][record.source, record.table] += record.rows
    return tuple(
        SourceQuality(
            title=_title(records),
            day=max((record.date for record in records if record.date), default=None),
            rows=_rows(records, tuple(found.get(name) for found in of_format)),
            tables=tuple(
                SourceTable(
                    table=record.table,
                    file=record.file,
                    day=record.date,
                    rows=_rows([record], tuple(found.get((name, record.table)) for found in of_table)),
                )
                for record in records
            ),
        )
        for name, records in by_format.items()
    )


def _title(records: Sequence[SourceRecord]) -> str:
    return next((record.title or record.source for record in records if record.title or record.source), UNNAMED)


def _rows(records: Sequence[SourceRecord], earlier: tuple[int | None, ...]) -> SourceRows:
    return SourceRows(
        used=sum(record.rows for record in records),
        lost=sum(record.lost for record in records),
        rejected=sum(record.rejected for record in records),
        earlier=earlier,
    )


def _winners(manifest: Manifest) -> tuple[Winner, ...]:
    titles: Mapping[str, str] = {one.source: one.title for one in manifest.sources if one.title}
    return tuple(
        Winner(table, tuple(titles.get(source, source) for source in order))
        for table, order in sorted(manifest.wins.items())
    )


def _checks(now: Sequence[CheckRecord], before: Sequence[CheckRecord]) -> tuple[CheckLine, ...]:
    """Every check, worst first: by severity, then by how many rows failed."""
    earlier = {(one.check, one.table, one.column): one.failures for one in before}
    lines = [
        CheckLine(
            severity=one.severity,
            title=one.title or one.check,
            table=one.table or "",
            column=one.column or "",
            failures=one.failures,
            before=earlier.get((one.check, one.table, one.column)),
        )
        for one in now
    ]
    return tuple(sorted(lines, key=lambda line: (_weight(line.severity), -line.failures, line.title, line.table)))


def _weight(severity: str) -> int:
    return SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)
