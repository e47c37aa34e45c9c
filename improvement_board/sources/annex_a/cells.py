"""The cells of a list's row as values of its columns; what does not fit is a finding."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from improvement_board.sources.annex_a.carries import FILLS
from improvement_board.sources.annex_a.codes import abuse_of_words, code_of_words
from improvement_board.sources.annex_a.headers import ListHeader
from improvement_board.sources.annex_a.layout import ListColumn, annex_a_layout, comparable_text
from improvement_board.sources.annex_a.names import UnfitCellError, child_of, name_of
from improvement_board.sources.annex_a.notes import Notes
from improvement_board.sources.findings import PLACEHOLDER
from improvement_board.sources.totals import is_total
from improvement_board.sources.values import PlaceholderError, UnfitValueError, date_of, integer_of, text_of, words_of
from improvement_board.sources.workbooks.scan import NOT_AVAILABLE
from improvement_board.sources.workbooks.workbook import SheetRow

LONGEST_CARE_YEARS = 40
FEWEST_OF_A_ROW = 2
Values = dict[str, Any]
RULES = {"date": "not-a-date", "birth": "not-a-date", "code": "unknown-code", "abuse": "unknown-code"}


@dataclass(frozen=True)
class CellReader:
    """Reads the rows of one list. `serial_shift` is added to numbers that stand for days; nothing that happened can be
    later than `edition`."""

    header: ListHeader
    bad_cells: Mapping[tuple[int, int], str]
    notes: Notes
    edition: dt.date
    day_first: bool = True
    serial_shift: int = 0
    _columns: list[tuple[ListColumn, tuple[int, ...], Callable[[object], object]]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        columns = self.header.layout.columns
        repeated = [
            (columns[name], places, getattr(self, f"_{columns[name].kind}")(columns[name]))
            for name, places in self.header.places.items()
        ]
        object.__setattr__(self, "_columns", repeated)

    def values(self, row: SheetRow) -> Values | None:
        """The row's values by column, None for a row that is none, or that is kept out."""
        if row.is_blank or self._is_no_row(row):
            return None
        values: Values = dict.fromkeys(self.header.layout.columns)
        sound = True
        for column, places, read in self._columns:
            try:
                cell = self._cell(row, places)
                value = None if cell is None or cell == "" else read(cell)
                if value is None and column.needed:
                    raise UnfitCellError("value-missing", "is missing", "a value in every row")
                values[column.name] = value
                if column.kind == "code":
                    values[f"{column.name}_text"] = text_of(cell)
            except UnfitValueError as error:
                is_none = isinstance(error, PlaceholderError) and not column.needed
                sound = sound and (is_none or not (column.needed or column.decisive))
                self._tell(row, column, places, error)
        return values if sound else None

    def days(self, row: SheetRow) -> Iterator[dt.date]:
        """The days in its columns of days that can be read."""
        for column, places, read in self._columns:
            try:
                value = read(row.cell(places[0]))
            except UnfitValueError:
                continue
            if column.kind == "date" and isinstance(value, dt.date):
                yield value

    def header_of(self, name: str) -> str:
        """The header of a column as the sheet writes it."""
        return self.header.names[self.header.places[name][0]] if name in self.header.places else name

    def _cell(self, row: SheetRow, places: tuple[int, ...]) -> object:
        if self.bad_cells:
            for column_number in places:
                problem = self.bad_cells.get((row.line, column_number + 1))
                if problem == NOT_AVAILABLE:
                    raise PlaceholderError
                if problem:
                    raise UnfitCellError("cell-without-value", problem, "a value")
        if len(places) == 1:
            return row.cell(places[0])
        by_text = {text_of(cell): cell for cell in (row.cell(column_number) for column_number in places)}
        by_text.pop(None, None)
        if len(by_text) > 1:
            message = f"stands in two columns that differ: {' and '.join(str(text) for text in list(by_text)[:2])}"
            raise UnfitCellError("columns-differ", message, "one column, or the same in both")
        return next(iter(by_text.values()), None)

    def _is_no_row(self, row: SheetRow) -> bool:
        """Whether a row is the header once more, or a note or total below the list: the latter is told."""
        first = next((cell for cell in row.cells if cell is not None and cell != ""), None)
        text = text_of(first) if isinstance(first, str) else None
        if text is None:
            return False
        if comparable_text(text) in self._header_texts:
            texts = [text for text in (text_of(row.cell(at[0])) for _, at, _ in self._columns) if text is not None]
            return sum(comparable_text(text) in self._header_texts for text in texts) > len(texts) / 2
        child_at = self.header.places.get("child")
        child = row.cell(child_at[0]) if child_at else None
        if is_total(text) or is_total(child if isinstance(child, str) else None):
            self.notes.tell("total-row", "warning", "is a total, and was not counted", row=row.line, value=text)
            return True
        told = [row.cell(at[0]) for column, at, _ in self._columns if column.needed or column.decisive]
        is_note = " " in text or comparable_text(text) in annex_a_layout().below_a_list
        if is_note and sum(text_of(cell) is not None for cell in told) < FEWEST_OF_A_ROW:
            self.notes.tell("not-a-row", "warning", "is a note or a total, not a row of the list", row=row.line)
            return True
        return False

    @cached_property
    def _header_texts(self) -> frozenset[str]:
        return frozenset(
            comparable_text(self.header.names[column_number])
            for places in self.header.places.values()
            for column_number in places
        )

    def _tell(self, row: SheetRow, column: ListColumn, places: tuple[int, ...], error: UnfitValueError) -> None:
        rule = error.rule if isinstance(error, UnfitCellError) else RULES.get(column.kind, "not-readable")
        keeps_out = bool(column.needed or column.decisive or column.table)
        lost = FILLS.get((self.header.layout.number, column.name), ())
        if isinstance(error, PlaceholderError):
            rule, keeps_out = PLACEHOLDER, column.needed
            lost = lost if error.is_lost else ()
        child_at = self.header.places.get("child")
        self.notes.tell(
            rule,
            "error" if keeps_out else "warning",
            str(error),
            row=row.line,
            column=self.header.names[places[0]],
            value=row.cell(places[0]),
            allowed=error.allowed,
            table=column.table,
            child=text_of(row.cell(child_at[0])) if child_at else None,
            lost=() if keeps_out else lost,
        )

    def _child(self, _: ListColumn) -> Callable[[object], object]:
        return child_of

    def _date(self, column: ListColumn) -> Callable[[object], object]:
        def read(cell: object) -> dt.date | None:
            day = self._day(cell)
            if day is not None and day > self.edition and not column.later:
                allowed = f"a date up to {self.edition:%d/%m/%Y}"
                raise UnfitCellError("after-edition", "is after the edition's day", allowed)
            return day

        return read

    def _birth(self, _: ListColumn) -> Callable[[object], object]:
        return self._day

    def _day(self, cell: object) -> dt.date | None:
        if self.serial_shift and isinstance(cell, (int, float)) and not isinstance(cell, bool):
            cell += self.serial_shift
        try:
            day = date_of(cell, day_first=self.day_first)
        except UnfitValueError as error:
            if self.day_first and _is_month_first(cell):
                allowed = "the day first, as in 30/09/2026; day_first = false in sources.toml where months come first"
                raise UnfitValueError(str(error), allowed) from error
            raise
        earliest, latest = self.edition.year - LONGEST_CARE_YEARS, self.edition.year + 1
        if day is not None and not earliest <= day.year <= latest:
            raise UnfitCellError("not-a-likely-date", "is not a likely date", f"a date from {earliest} to {latest}")
        return day

    def _code(self, column: ListColumn) -> Callable[[object], object]:
        codes = column.codes or ""
        return lambda cell: None if (text := text_of(cell)) is None else code_of_words(text, codes)

    def _abuse(self, _: ListColumn) -> Callable[[object], object]:
        return lambda cell: None if (text := text_of(cell)) is None else abuse_of_words(text)

    def _integer(self, _: ListColumn) -> Callable[[object], object]:
        return integer_of

    def _text(self, _: ListColumn) -> Callable[[object], object]:
        return words_of

    def _team(self, _: ListColumn) -> Callable[[object], object]:
        return name_of

    def _worker(self, _: ListColumn) -> Callable[[object], object]:
        return name_of


def _is_month_first(cell: object) -> bool:
    try:
        return date_of(cell, day_first=False) is not None
    except UnfitValueError:
        return False
