"""Comparators of an edition: England, the region and the statistical neighbours, and where the authority stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from improvement_board.editions.open_edition import Store
from improvement_board.figures.series import Comparator, ComparatorPoint

ComparatorsByKpi = Mapping[tuple[str, str | None], tuple[Comparator, ...]]
ORDER = ("England", "Region", "Statistical neighbours")


@dataclass(frozen=True)
class Standing:
    """Where the authority stands on one KPI in one published year: rank 1 is best, or lowest where neither is better.

    `of_all` and `of_neighbours` count the authorities with a figure, the authority itself among them; the neighbour
    figures are None where no neighbour is known.
    """

    period_end: dt.date
    rank: int
    of_all: int
    neighbour_rank: int | None
    of_neighbours: int | None


def standings_of(store: Store) -> Mapping[tuple[str, str | None], Standing]:
    """The authority's standing by KPI and category, where benchmarks hold figures of all authorities."""
    plan = store.plan
    rows = store.rows("standings", authority=plan.council.code, neighbours=list(plan.benchmarks.neighbours) or [""])
    standings = {}
    for row in rows:
        definition = store.definitions.get(row["kpi"])
        if definition is None or not _is_alike(store, row["kpi"]):
            continue
        side = "from_highest" if definition.better == "higher" else "from_lowest"
        has_neighbours = row["of_near"] > 1
        standings[row["kpi"], row["category"]] = Standing(
            period_end=row["period_end"],
            rank=row[side],
            of_all=row["of_all"],
            neighbour_rank=row[f"near_{side}"] if has_neighbours else None,
            of_neighbours=row["of_near"] if has_neighbours else None,
        )
    return standings


def comparators_of(store: Store) -> ComparatorsByKpi:
    """Every comparator of the edition by KPI and category, in the order England, region, neighbours."""
    council = store.plan.council
    rows = store.rows("comparators", region=council.region, authority=council.code)
    by_key: dict[tuple[str, str | None], list[Comparator]] = {}
    for (kpi, category, area_type), group in groupby(rows, lambda row: (row["kpi"], row["category"], row["area_type"])):
        if not _is_alike(store, kpi):
            continue
        points = list(group)
        name = "Statistical neighbours" if area_type == ORDER[2] else points[-1]["area_name"]
        comparator = Comparator(
            name=name,
            area_type=area_type,
            points=tuple(
                ComparatorPoint(row["period_start"], row["period_end"], row["value"], row["symbol"]) for row in points
            ),
            source=points[-1]["source"],
            vintage=points[-1]["vintage"],
            differs=_differs(store, kpi),
        )
        by_key.setdefault((kpi, category), []).append(comparator)
    return {
        key: tuple(sorted(comparators, key=lambda c: ORDER.index(c.area_type))) for key, comparators in by_key.items()
    }


def _is_alike(store: Store, kpi: str) -> bool:
    """Whether published figures measure what the edition's do, by the parameters that the definition's comparators go
    with; published figures themselves always do."""
    definition = store.definitions.get(kpi)
    if definition is None or store.manifest.is_published:
        return True
    used = {**definition.parameters, **store.manifest.kpis[kpi].parameters}
    return all(used.get(name) in values for name, values in definition.benchmarks.get("only_with", {}).items())


def _differs(store: Store, kpi: str) -> str:
    """What published figures count otherwise than the edition's; published figures themselves nothing."""
    definition = store.definitions.get(kpi)
    return "" if definition is None or store.manifest.is_published else str(definition.benchmarks.get("differs", ""))
