"""Blank workbooks and CSV files for the local tables: what an analyst fills by hand or points an export at."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from improvement_board.common.files import explain_write_errors, write_whole
from improvement_board.declared.tables import Table, declared_tables
from improvement_board.errors import InputError, Problem
from improvement_board.records.template_workbook import write_table_workbook


def local_tables() -> dict[str, Table]:
    """The tables that have a template, by name."""
    return {name: table for name, table in declared_tables().items() if not name.startswith("ssd_")}


def write_templates(names: Sequence[str], folder: Path, *, as_csv: bool = False) -> list[Path]:
    """Write a blank template for each table into a folder: a workbook, or the header as CSV.

    Raises InputError for a name that is no local table, for a file that is there already (it may have been filled),
    and for a folder or file that cannot be written.
    """
    tables = local_tables()
    allowed = ", ".join(tables)
    unknown = [Problem(None, "is not a local table", column="NAME", value=name, allowed=allowed) for name in names]
    unknown = [problem for problem in unknown if problem.value not in tables]
    files = [folder / f"{name}{'.csv' if as_csv else '.xlsx'}" for name in dict.fromkeys(names)]
    there = [Problem(file, "is there already, and is not written over") for file in files if file.exists()]
    if unknown or there:
        raise InputError([*unknown, *there])
    with explain_write_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        table = tables[file.stem]
        if as_csv:
            write_whole(file, "\ufeff" + _csv_header(table))
        else:
            write_table_workbook(table, (), file)
    return files


def _csv_header(table: Table) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerow([column.name for column in table.columns])
    return text.getvalue()
