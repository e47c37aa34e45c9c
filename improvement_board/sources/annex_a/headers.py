"""Which list a sheet holds, where its header is, and which column stands where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from improvement_board.sources.annex_a.layout import ListLayout, annex_a_layout, comparable_text, spellings
from improvement_board.sources.values import text_of
from improvement_board.sources.workbooks.workbook import Sheet, SheetRow

HEADER_ROWS = 40
NUMBERED = re.compile(r"(?:annex a )?(?:list|lists|l) ?0*(\d{1,2})(?!\d)")
NUMBER_ALONE = re.compile(r"(?:annex a )?(?:tab )?0*(\d{1,2})(?!\d)")
FEWEST_KNOWN = 2


@dataclass(frozen=True)
class ListHeader:
    """A list found on a sheet: the row of its header, the last row that belongs to it, and where each column stands
    (from 0; several places where a header is there twice). `names` has the header of each place as written."""

    layout: ListLayout
    first_line: int
    last_line: int
    places: Mapping[str, tuple[int, ...]]
    names: Mapping[int, str]

    @property
    def missing(self) -> list[str]:
        """The needed columns that it lacks."""
        return sorted(self.layout.needed - self.places.keys())

    @property
    def unknown(self) -> list[str]:
        """The headers that stand for no column known here, and are not among those that nothing needs."""
        known = {column_number for places in self.places.values() for column_number in places}
        others = [name for column_number, name in self.names.items() if column_number not in known]
        return [name for name in others if annex_a_layout().not_read.isdisjoint(spellings(name))]


def read_list_number(name: str) -> tuple[int | None, bool]:
    """The number of the list that a sheet's name means, and whether outright ("List 4", not "Assessments")."""
    text = comparable_text(name)
    outright = NUMBERED.match(text)
    if outright and int(outright[1]) in annex_a_layout().lists:
        return int(outright[1]), True
    number = NUMBER_ALONE.match(text)
    if number and int(number[1]) in annex_a_layout().lists:
        return int(number[1]), False
    for list_layout in annex_a_layout().lists.values():
        if text in list_layout.sheets or re.sub(r"^(?:annex a|list) ", "", text) in list_layout.sheets:
            return list_layout.number, False
    return None, False


def top_of(sheet: Sheet) -> list[SheetRow]:
    """The rows among which the header is sought: the first forty from the first that holds anything."""
    rows: list[SheetRow] = []
    for row in sheet.rows():
        if rows or not row.is_blank:
            rows.append(row)
        if len(rows) == HEADER_ROWS:
            break
    return rows


def find_header(rows: Sequence[SheetRow], number: int | None, outright: bool = False) -> ListHeader | None:
    """The header of the list with that number where a row has all that it needs, else the one with the most columns
    known: `outright`, of that list only. What is needed may be missing. None where no row has two known headers."""
    headers = [header for header in _possible(rows) if len(header.places) >= FEWEST_KNOWN]
    if outright:
        headers = [header for header in headers if header.layout.number == number]

    def fit(header: ListHeader) -> tuple[bool, int, bool, bool, int]:
        named, whole = header.layout.number == number, not header.missing
        return whole and (named or number is None), len(header.places), whole, named, -header.last_line

    return max(headers, key=fit, default=None)


def _possible(rows: Sequence[SheetRow]) -> Iterator[ListHeader]:
    for at, row in enumerate(rows):
        texts = _texts(row)
        below = _texts(rows[at + 1]) if at + 1 < len(rows) and _is_all_text(rows[at + 1]) else {}
        if not (_has_header(texts) or _has_header(below)):
            continue
        for list_layout in annex_a_layout().lists.values():
            header = _matched(list_layout, texts, row.line, row.line)
            yield header
            in_two_rows = _matched(list_layout, _joined(list_layout, texts, below), row.line, row.line + 1)
            alone = max(len(header.places), len(_matched(list_layout, below, row.line, row.line).places))
            if len(in_two_rows.places) > alone and len(in_two_rows.places) >= len(header.places) + FEWEST_KNOWN:
                yield in_two_rows


def _texts(row: SheetRow) -> dict[int, str]:
    texts = ((column_number, text_of(cell)) for column_number, cell in enumerate(row.cells) if isinstance(cell, str))
    return {column_number: text for column_number, text in texts if text is not None}


def _has_header(texts: Mapping[int, str]) -> bool:
    return any(spelling in annex_a_layout().headers for text in texts.values() for spelling in spellings(text))


def _is_all_text(row: SheetRow) -> bool:
    return all(cell is None or isinstance(cell, str) for cell in row.cells)


def _joined(list_layout: ListLayout, above: Mapping[int, str], below: Mapping[int, str]) -> dict[int, str]:
    """A header in two rows: what stands above, or below, or below after what stands above it or to its left."""
    joined: dict[int, str] = {}
    group = ""
    for column_number in sorted(above.keys() | below.keys()):
        group = above.get(column_number, group)
        choices = (above.get(column_number), below.get(column_number), f"{group} {below.get(column_number, '')}")
        known = [text for text in choices if text and list_layout.column_under(text)]
        joined[column_number] = known[0] if known else above.get(column_number, below.get(column_number, ""))
    return joined


def _matched(list_layout: ListLayout, texts: Mapping[int, str], first_line: int, last_line: int) -> ListHeader:
    places: dict[str, tuple[int, ...]] = {}
    for column_number, text in texts.items():
        column = list_layout.column_under(text)
        if column is not None:
            places[column] = (*places.get(column, ()), column_number)
    return ListHeader(list_layout, first_line, last_line, places, dict(texts))
