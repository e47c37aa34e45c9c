"""The counts of an edition, from the table `extracts` of its connection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb

from improvement_board.kpis import Definition
from improvement_board.protection.rows import CountRow, MeasuredKpi
from improvement_board.tables import QUERIES

CHILDREN = "children"


def children_kpis(definitions: Mapping[str, Definition]) -> list[MeasuredKpi]:
    """The KPIs that small-number protection is for: those that count children."""
    return [MeasuredKpi(one.id, one.unit, one.timing) for one in definitions.values() if one.counts == CHILDREN]


def read_counts(connection: duckdb.DuckDBPyConnection, kpis: Iterable[MeasuredKpi]) -> list[CountRow]:
    """The counts by team, category and month of KPIs in the table `extracts` (as the board opens an edition).

    Extracts by quarter or year are left out.
    """
    text = (QUERIES / "protection" / "counts.sql").read_text(encoding="utf-8")
    rows = connection.cursor().execute(text, {"kpis": [kpi.id for kpi in kpis]}).fetchall()
    return [CountRow(*row) for row in rows]
