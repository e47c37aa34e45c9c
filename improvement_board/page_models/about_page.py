"""How to read the dashboard, the definitions, and what an edition is made of."""

from __future__ import annotations

from improvement_board.page_models.address import Address
from improvement_board.page_models.desk import Desk
from improvement_board.page_models.models import AboutPage, SourceLine
from improvement_board.page_models.outline import find_not_supplied


def about_page(desk: Desk, address: Address) -> AboutPage:
    """The about page of an edition."""
    store = desk.store
    sources = {(comparator.source, comparator.vintage) for group in desk.comparators.values() for comparator in group}
    return AboutPage(
        frame=desk.frame(address),
        definitions=tuple(store.definitions[kpi] for kpi in store.plan.kpis if kpi in store.definitions),
        sources=tuple(
            SourceLine(record.title or record.table, record.file, None if store.protected else record.rows, record.date)
            for record in store.manifest.sources
        ),
        comparator_sources=tuple(sorted(sources)),
        neighbours=store.plan.benchmarks.neighbours,
        neighbours_note=store.plan.benchmarks.note,
        not_supplied=find_not_supplied(store, store.plan.kpis),
        published=store.manifest.published,
        software=store.manifest.software,
        kpi_count=len(store.manifest.kpis),
    )
