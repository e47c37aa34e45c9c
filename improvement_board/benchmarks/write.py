"""`benchmarks.parquet`: England, the nine regions, every authority, and the mean of each authority's neighbours."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from improvement_board.benchmarks.published import Progress, Published, SourceFile, load_published
from improvement_board.declared.home import Home
from improvement_board.declared.plan_file import read_plan

FILE_NAME = "benchmarks.parquet"
ILLUSTRATIVE = "authorities that the plan names as illustrative neighbours"


@dataclass(frozen=True)
class OwnNeighbours:
    """A council that is in no neighbour model (a demonstration council), and whom it is compared with instead.

    `neighbours` are names, GSS codes or numbers of authorities.
    """

    code: str
    name: str
    neighbours: tuple[str, ...]


@dataclass(frozen=True)
class Summary:
    """What was written: rows, KPIs and areas with a comparator, the files used, and what was left out and why."""

    rows: int
    kpis: tuple[str, ...]
    areas: int
    files: tuple[SourceFile, ...]
    notes: tuple[str, ...]

    def text(self) -> str:
        """The summary in lines for a person."""
        lines = [f"Wrote {FILE_NAME}: {self.rows} rows, {len(self.kpis)} KPIs, {self.areas} areas"]
        lines += [
            f"  {source.file.name}: {source.title}" + (f", {source.vintage}" if source.vintage else "")
            for source in self.files
        ]
        return "\n".join([*lines, *(f"  {note}" for note in self.notes)])


def make_benchmarks(
    files: Sequence[Path],
    home: Path,
    *,
    only_areas: Collection[str] | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Read published files (or folders of them) and write `benchmarks.parquet` into a data home.

    `only_areas` keeps some areas: types ("England", "Region", "Local authority", "Statistical neighbours") or GSS
    codes. A council that is no authority of the files (a demonstration council) is compared with the neighbours that
    its plan names, and by itself keeps no more than them, England and the regions. Raises InputError, and leaves the
    file that was there as it is, when anything is wrong with the files or the plan.
    """
    with load_published(files, home, progress=progress) as published:
        own = planned_neighbours(home, published)
        if own is not None and only_areas is None:
            only_areas = ("England", "Region", own.code)
        return write_benchmarks(published, home, only_areas=only_areas, own_neighbours=own)


def planned_neighbours(home: Path, published: Published) -> OwnNeighbours | None:
    """The neighbours that a home's plan names for a council that is no authority of the files, or None."""
    file = Home(home).plan
    if not file.is_file():
        return None
    plan = read_plan(file, published.library)
    codes = {authority.code for authority in published.authorities.values()}
    if not plan.benchmarks.neighbours or plan.council.code in codes:
        return None
    return OwnNeighbours(plan.council.code, plan.council.name, plan.benchmarks.neighbours)


def write_benchmarks(
    published: Published,
    home: Path,
    *,
    only_areas: Collection[str] | None = None,
    own_neighbours: OwnNeighbours | None = None,
) -> Summary:
    """Write `benchmarks.parquet` from figures that are already read. As `make_benchmarks`."""
    write_comparators(published, only_areas, own_neighbours)
    home.mkdir(parents=True, exist_ok=True)
    beside = home / f".{FILE_NAME}.{os.getpid()}"
    try:
        table = published.engine.connection.table("benchmarks")
        table.write_parquet(str(beside), compression="zstd")
        beside.replace(home / FILE_NAME)
    finally:
        beside.unlink(missing_ok=True)
    (rows, areas), *_ = published.engine.run("benchmarks_size")
    kpis = tuple(row[0] for row in published.engine.run("benchmarks_kpis"))
    return Summary(rows, kpis, areas, published.files, published.notes)


def write_comparators(
    published: Published, only_areas: Collection[str] | None = None, own_neighbours: OwnNeighbours | None = None
) -> None:
    """Put the comparators of every KPI into the table `benchmarks` of the engine."""
    engine = published.engine
    engine.empty("comparators")
    engine.fill(
        "comparators",
        [
            (
                kpi,
                reference.category,
                reference.publication,
                reference.measure,
                reference.transform,
                published.source_of(reference.publication),
                published.vintage_of(reference.publication),
            )
            for kpi, references in published.chosen.items()
            for reference in references
        ],
    )
    if own_neighbours is not None:
        engine.fill("neighbours", _own_rows(published, own_neighbours))
    engine.run("comparison", {"everything": only_areas is None, "only_areas": sorted(only_areas or ["none"])})


def _own_rows(published: Published, own: OwnNeighbours) -> list[tuple[str, str, str, str]]:
    return [(own.code, own.name, published.authority(wanted).code, ILLUSTRATIVE) for wanted in own.neighbours]
