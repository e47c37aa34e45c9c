"""A workbook for a record-level table: its rows, what each column means, and how to fill it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from improvement_board.common.files import explain_write_errors
from improvement_board.declared.tables import Column, Table
from improvement_board.errors import InputError, Problem

LAST_ROW = 1_048_575
LONGEST_LIST = 255
TYPES = MappingProxyType(
    {
        "text": "text",
        "flag": "Y or N",
        "date": "date",
        "time": "date and time",
        "number": "number",
        "integer": "whole number",
    }
)
EXAMPLES = MappingProxyType(
    {
        "flag": "Y",
        "date": "30/09/2026",
        "time": "30/09/2026 14:05",
        "number": "0.6",
        "integer": "12",
        "team": "Assessment North",
        "role": "Social worker",
        "course": "Working with neglect",
        "organisation": "Hillside Primary School",
    }
)
CELL_FORMATS = MappingProxyType({"text": "@", "flag": "@", "date": "dd/mm/yyyy", "time": "dd/mm/yyyy hh:mm:ss"})
EXPLAINED = ("Column", "Meaning", "Type", "Unit", "Allowed values", "Must be filled", "Example")
EXPLAINED_WIDTHS = (26, 60, 16, 20, 50, 15, 24)


def write_table_workbook(table: Table, rows: Iterable[Mapping[str, Any]], file: Path) -> None:
    """Write a table's workbook: its rows, what each column means, and how to fill it.

    Rows have values in the declared Python types (str, date, datetime, float, int or None). Raises InputError for more
    rows or longer text than a sheet takes, and where the file cannot be written; then none is there.
    """
    staged = file.with_name(f".{uuid.uuid4().hex}.xlsx")
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with explain_write_errors(file):
        try:
            with xlsxwriter.Workbook(str(staged), options) as workbook:
                _write_rows(workbook, table, rows, file)
                _write_columns(workbook, table)
                _write_how_to(workbook, table)
            staged.replace(file)
        except FileCreateError as error:  # which is no OSError, but holds one
            raise error.args[0] from error
        finally:
            staged.unlink(missing_ok=True)


def _write_rows(workbook: Any, table: Table, rows: Iterable[Mapping[str, Any]], file: Path) -> None:
    sheet, header = workbook.add_worksheet(table.name), _header_format(workbook)
    formats = {kind: workbook.add_format({"num_format": shape}) for kind, shape in CELL_FORMATS.items()}
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(table.columns):
        width = max(len(column.name) + 4, 20 if column.type == "time" else 14)
        sheet.set_column(at, at, width, formats.get(column.type))
        _validate(sheet, at, column)
    for at, column in enumerate(table.columns):
        sheet.write_string(0, at, column.name, header)
    for line, row in enumerate(rows, start=1):
        for at, column in enumerate(table.columns):
            with _told(file, table, line, column):
                _write(sheet, line, at, row.get(column.name), formats.get(column.type))


@contextmanager
def _told(file: Path, table: Table, line: int, column: Column) -> Iterator[None]:
    try:
        yield
    except ValueError as error:
        raise InputError(Problem(file, str(error), table.name, line + 1, column.name)) from error


def _write(sheet: Any, line: int, at: int, value: object, shape: Any) -> None:
    if value is None:
        return
    if isinstance(value, (dt.date, dt.datetime)):
        failed = sheet.write_datetime(line, at, value, shape)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        failed = sheet.write_number(line, at, value, shape)
    else:
        failed = sheet.write_string(line, at, str(value), shape)
    if failed:
        raise ValueError("does not fit: a sheet takes 1,048,576 rows, and a cell 32,767 characters")


def _validate(sheet: Any, at: int, column: Column) -> None:
    allowed = ("Y", "N") if column.type == "flag" else column.allowed
    if not allowed or len(",".join(allowed)) > LONGEST_LIST:
        return
    rule = {
        "validate": "list",
        "source": list(allowed),
        "ignore_blank": True,
        "error_title": "Not an allowed value",
        "error_message": "Choose one of the list, or leave the cell empty.",
    }
    sheet.data_validation(1, at, LAST_ROW, at, rule)


def _write_columns(workbook: Any, table: Table) -> None:
    sheet, header, wrapped = workbook.add_worksheet("Columns"), _header_format(workbook), _wrapped(workbook)
    sheet.freeze_panes(1, 1)
    for at, width in enumerate(EXPLAINED_WIDTHS):
        sheet.set_column(at, at, width)
    for at, title in enumerate(EXPLAINED):
        sheet.write_string(0, at, title, header)
    for line, column in enumerate(table.columns, start=1):
        for at, text in enumerate(explain_column(table, column)):
            sheet.write_string(line, at, text, wrapped)


def explain_column(table: Table, column: Column) -> tuple[str, ...]:
    """What the sheet Columns says of a column, in the order of its header."""
    is_needed = column.name in table.key or column.name == table.dated_by
    usual = "12345" if column.name.endswith("_id") else "…"
    example = column.allowed[0] if column.allowed else EXAMPLES.get(column.name, EXAMPLES.get(column.type, usual))
    allowed = ", ".join(column.allowed or (("Y", "N") if column.type == "flag" else ()))
    return (
        column.name,
        column.meaning,
        TYPES[column.type],
        column.unit,
        allowed,
        "yes" if is_needed else "no",
        example,
    )


def _write_how_to(workbook: Any, table: Table) -> None:
    sheet, wrapped = workbook.add_worksheet("How to"), _wrapped(workbook)
    sheet.set_column(0, 0, 110)
    for line, sentence in enumerate(how_to(table)):
        sheet.write_string(line, 0, sentence, wrapped)


def how_to(table: Table) -> tuple[str, ...]:
    """The sentences of the sheet How to."""
    return (
        f"One row of the sheet {table.name} is {table.grain}. Fill it from row 2 on and leave the first row as it is.",
        f"No two rows may have the same {' and '.join(table.key)}. The sheet Columns says what each column means.",
        "An empty cell means that it is not recorded. A date is a day such as 30/09/2026.",
        "Use the ids of the other records: of children as in ssd_person, of workers as in ssd_professionals.",
        "Do not write names of children or families. Put the file into the folder of the edition's records.",
    )


def _header_format(workbook: Any) -> Any:
    return workbook.add_format({"bold": True, "bg_color": "#dbe7f3", "bottom": 1})


def _wrapped(workbook: Any) -> Any:
    return workbook.add_format({"text_wrap": True, "valign": "top"})
