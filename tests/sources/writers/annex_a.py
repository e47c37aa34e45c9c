"""Writes record-level tables as Ofsted Annex A workbooks: one for each of some month ends, as it would have been then.

Each list covers six months, as Ofsted asks; what was not known at a workbook's day is not in it. What the lists have no
column for is lost: see the module that reads them.
"""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter
from writers.annex_a_headers import HEADERS
from writers.annex_a_queries import CARE, CASES, LISTS, STATES

from improvement_board.declared.tables import declared_tables
from improvement_board.sources.annex_a.layout import annex_a_layout

MONTHS = 15
PERMANENCE = {
    "RETURN1M": "a) Return to family",
    "RETURN6M": "a) Return to family",
    "RETURNEV": "a) Return to family",
    "ADOPTION": "b) Adoption",
    "SUPPLIV": "d) Supported living in the community",
    "RESPLMT": "e) Long-term residential placement",
    "LTFOST18": "f) Long-term fostering",
    "OTHERPLN": "g) other",
    "LTRELFR": "g) other",
    "REMAINSUP": "g) other",
}


def write(tables: Path, out: Path, *, months: int = MONTHS) -> list[Path]:
    """Write the tables of a folder of Parquet files as workbooks of the last month ends up to its edition's."""
    edition = tomllib.loads((tables / "source.toml").read_text(encoding="utf-8"))["edition"]
    out.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect()
    for name, table in declared_tables().items():
        file = tables / f"{name}.parquet"
        columns = ", ".join(f'cast(null as {column.duckdb_type}) as "{column.name}"' for column in table.columns)
        source = f"read_parquet('{file}')" if file.is_file() else f"(select {columns} where false)"
        connection.execute(f'create view "{name}" as select * from {source}')
    files = []
    for back in range(months):
        day = month_end(edition, back)
        file = out / f"Annex_A_{day}.xlsx"
        _write_workbook(connection, day, file)
        files.append(file)
    connection.close()
    return files


def month_end(day: dt.date, back: int) -> dt.date:
    """The last day of the month so many months before a day's."""
    month = day.year * 12 + day.month - back
    return dt.date(month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)


def _write_workbook(connection: duckdb.DuckDBPyConnection, day: dt.date, file: Path) -> None:
    values = {"day": day, "since": month_end(day, 6)}
    for name, query in (("holder", CASES), ("state", STATES), ("care", CARE)):
        connection.execute(f"drop table if exists {name}")
        connection.execute(query, {"day": day})
    with xlsxwriter.Workbook(str(file), {"remove_timezone": True}) as workbook:
        days = workbook.add_format({"num_format": "dd/mm/yyyy"})
        for number, query in LISTS.items():
            rows = connection.execute(
                query, {key: parameter_value for key, parameter_value in values.items() if f"${key}" in query}
            ).fetchall()
            sheet = workbook.add_worksheet(f"List {number}")
            for column, header in enumerate(HEADERS[number]):
                sheet.write_string(0, column, header)
            for line, row in enumerate(rows, start=1):
                for column, cell in enumerate(row):
                    _write_cell(sheet, line, column, HEADERS[number][column], cell, days)


def _write_cell(sheet: Any, line: int, column: int, header: str, cell: Any, days: Any) -> None:
    if cell is None:
        return
    if isinstance(cell, dt.date):
        sheet.write_datetime(line, column, cell, days)
    elif header == "What is the permanence plan for this child?":
        marked = [key for key, flag in json.loads(cell).items() if flag == "Y" and key in PERMANENCE]
        if marked:
            sheet.write_string(line, column, PERMANENCE[marked[0]])
    elif header in ("Contact Source", "Referral Source"):
        letters = {code: letter for letter, code in annex_a_layout().letters["source"].items()}
        sheet.write_string(line, column, f"{letters.get(cell, 'x')}) {cell}: as recorded")
    elif isinstance(cell, (int, float)):
        sheet.write_number(line, column, cell)
    else:
        sheet.write_string(line, column, str(cell))
