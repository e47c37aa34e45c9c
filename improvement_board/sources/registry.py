"""The formats that are read, in the order in which a file is offered to them: what names its tables before Annex A,
which takes any workbook whose headers are those of one of its lists."""

from __future__ import annotations

from improvement_board.sources.adapter import Adapter


def adapters() -> tuple[Adapter, ...]:
    """One adapter for each format, made anew: an adapter may remember what it read."""
    from improvement_board.sources.annex_a import AnnexA
    from improvement_board.sources.cin_census import CinCensus
    from improvement_board.sources.csww_census import CswwCensus
    from improvement_board.sources.kpi_extract import KpiExtract
    from improvement_board.sources.ssda903 import SSDA903
    from improvement_board.sources.tabular import LocalTables, SsdTables

    return (CinCensus(), CswwCensus(), SSDA903(), KpiExtract(), SsdTables(), LocalTables(), AnnexA())
