"""The protected publication of an edition, `protected.parquet`: all that committee and member may see of KPIs that
children stand behind, worked out once at publishing beside what every other edition gave.

Columns, in the order of kpi, level, team, category, period, period_end: kpi, level (service, team), team, category,
period_end, period (month, quarter, year), numerator, denominator, value, value_low, value_high, symbol ("c" where a
figure is kept back, all other figures then empty). A council of published figures has no such file.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path

import duckdb
import pyarrow as pa

from improvement_board.building.protect_managers import PublishedEdition, write_managers
from improvement_board.common.progress import Report, report_nothing
from improvement_board.declared.home import Home
from improvement_board.declared.kpis import Definition
from improvement_board.declared.plan import Plan
from improvement_board.declared.toml import load_toml
from improvement_board.editions.file_names import PROTECTED
from improvement_board.editions.manifest import EditionName, read_manifest
from improvement_board.editions.scope import Managed
from improvement_board.editions.shelf import read_shelf
from improvement_board.errors import InputError, Problem
from improvement_board.protection import (
    ChildRow,
    Protected,
    ProtectedRow,
    children_kpis,
    counts_of,
    protect,
)
from improvement_board.protection.settings import settings_of
from improvement_board.sql.session import QueryError, run, scratch

PLAN = "plan.toml"
COLUMNS = tuple(field.name for field in dataclasses.fields(ProtectedRow))
COMPRESSION_LEVEL = 19
TYPES = {"period_end": pa.date32()} | dict.fromkeys(
    ("numerator", "denominator", "value", "value_low", "value_high"), pa.float64()
)
SCHEMA = pa.schema([(name, TYPES.get(name, pa.string())) for name in COLUMNS])


def editions_beside(home: Home) -> Mapping[EditionName, Path]:
    """The editions whose protected figures an edition must stand beside: all there are, whatever their date, and those
    withdrawn, replaced or damaged since, for what they gave is known. One without the file gave nothing away.
    """
    return read_shelf(home).folders


def write_protected(
    staging: Path,
    kpis: Mapping[str, Definition],
    children: Mapping[str, Sequence[ChildRow]],
    untils: Mapping[str, dt.date | None],
    edition: dt.date,
    plan: Plan,
    folders: Sequence[Path],
    managed: Sequence[Managed] = (),
    progress: Report = report_nothing,
) -> None:
    """Work out the protected publication of a staged edition, by the rules of its plan and beside the editions in these
    folders, and write it, and what of it managers may see (`managers_file`).

    `children`: by KPI, how many different children stand behind its figures, where its rows say it. `untils`: up to
    which month each could have figures, where that is known. Raises InputError where what another edition gave cannot
    be read: nothing can be shown to be safe beside it.
    """
    beside = [(folder, published) for folder in folders if (published := read_protected(folder)) is not None]
    earlier = [published for _, published in beside]
    measured, behind = children_kpis(kpis, children, untils), list(chain.from_iterable(children.values()))
    rules = settings_of(_with_earlier_families(plan, folders), kpis)
    counts = counts_of(staging, measured)
    rows = protect(measured, counts, edition, earlier, rules, behind).rows if measured else ()
    with scratch() as connection:
        write_rows(connection, rows, staging / PROTECTED)
    now = PublishedEdition(measured, counts, edition, rows, behind)
    write_managers(staging, now, beside, rules, managed, progress)


def _with_earlier_families(plan: Plan, folders: Iterable[Path]) -> Plan:
    """The plan with the KPIs of the same children that the plans of other editions named too: what they gave of one
    says as much of another, whatever the plan says now."""
    lists = list(plan.protection.same_children)
    for file in (folder / PLAN for folder in folders):
        if file.is_file():
            try:
                written = load_toml(file)
            except InputError as error:
                raise InputError(Problem(file, "cannot be read: what this edition gave cannot be known")) from error
            lists += map(tuple, written.get("protection", {}).get("same_children", ()))
    rules = plan.protection.model_copy(update={"same_children": tuple(lists)})
    return plan.model_copy(update={"protection": rules})


def write_rows(connection: duckdb.DuckDBPyConnection, rows: Sequence[ProtectedRow], file: Path) -> None:
    """Write protected rows as they are read again by `read_protected`."""
    columns = {name: [getattr(row, name) for row in rows] for name in COLUMNS}
    connection.from_arrow(pa.table(columns, SCHEMA)).create("protected")
    text = f"copy protected to $file (format parquet, compression zstd, compression_level {COMPRESSION_LEVEL})"
    connection.execute(text, {"file": str(file)})


def read_protected(folder: Path) -> Protected | None:
    """The protected publication of an edition's folder; None where it has none.

    Raises InputError where the file cannot be read, or the manifest names one that is not there.
    """
    file = folder / PROTECTED
    if not file.is_file():
        if _is_named(folder):
            raise InputError(Problem(file, "is missing: what this edition gave cannot be known; restore the file"))
        return None
    try:
        with scratch() as connection:
            rows = run(connection, "protection/read", {"file": str(file)})
    except QueryError as error:
        raise InputError(Problem(file, "cannot be read: what this edition gave cannot be known; restore it")) from error
    return Protected(tuple(ProtectedRow(*row) for row in rows))


def _is_named(folder: Path) -> bool:
    try:
        return PROTECTED in read_manifest(folder).files
    except InputError:
        return False
