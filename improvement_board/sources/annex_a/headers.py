"""Which list a sheet holds, where its header is, and which column stands where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from improvement_board.sources.annex_a.layout import ListLayout, layout, plain, spellings
from improvement_board.sources.values import text_of
from improvement_board.sources.workbooks.workbook import Row, Sheet

HEADER_ROWS = 40
NUMBERED = re.compile(r"(?:annex a )?(?:list|lists|l) ?0*(\d{1,2})(?!\d)")
NUMBER_ALONE = re.compile(r"(?:annex a )?(?:tab )?0*(\d{1,2})(?!\d)")
FEWEST_KNOWN = 2


@dataclass(frozen=True)
class Header:
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
        known = {place for places in self.places.values() for place in places}
        others = [name for place, name in self.names.items() if place not in known]
        return [name for name in others if layout().not_read.isdisjoint(spellings(name))]


def hinted(name: str) -> tuple[int | None, bool]:
    """The number of the list that a sheet's name means, and whether outright ("List 4", not "Assessments")."""
    text = plain(name)
    outright = NUMBERED.match(text)
    if outright and int(outright[1]) in layout().lists:
        return int(outright[1]), True
    number = NUMBER_ALONE.match(text)
    if number and int(number[1]) in layout().lists:
        return int(number[1]), False
    for one in layout().lists.values():
        if text in one.sheets or re.sub(r"^(?:annex a|list) ", "", text) in one.sheets:
            return one.number, False
    return None, False


def top_of(sheet: Sheet) -> list[Row]:
    """The rows among which the header is sought: the first forty from the first that holds anything."""
    found: list[Row] = []
    for row in sheet.rows():
        if found or not row.is_blank:
            found.append(row)
        if len(found) == HEADER_ROWS:
            break
    return found


def find_header(rows: Sequence[Row], number: int | None, outright: bool = False) -> Header | None:
    """The header of the list with that number where a row has all that it needs, else the one with the most columns
    known: `outright`, of that list only. What is needed may be missing. None where no row has two known headers."""
    found = [header for header in _possible(rows) if len(header.places) >= FEWEST_KNOWN]
    if outright:
        found = [header for header in found if header.layout.number == number]

    def fit(header: Header) -> tuple[bool, int, bool, bool, int]:
        named, whole = header.layout.number == number, not header.missing
        return whole and (named or number is None), len(header.places), whole, named, -header.last_line

    return max(found, key=fit, default=None)


def _possible(rows: Sequence[Row]) -> Iterator[Header]:
    for at, row in enumerate(rows):
        texts = _texts(row)
        below = _texts(rows[at + 1]) if at + 1 < len(rows) and _is_all_text(rows[at + 1]) else {}
        if not (_has_header(texts) or _has_header(below)):
            continue
        for one in layout().lists.values():
            header = _matched(one, texts, row.line, row.line)
            yield header
            in_two_rows = _matched(one, _joined(one, texts, below), row.line, row.line + 1)
            alone = max(len(header.places), len(_matched(one, below, row.line, row.line).places))
            if len(in_two_rows.places) > alone and len(in_two_rows.places) >= len(header.places) + FEWEST_KNOWN:
                yield in_two_rows


def _texts(row: Row) -> dict[int, str]:
    found = ((place, text_of(cell)) for place, cell in enumerate(row.cells) if isinstance(cell, str))
    return {place: text for place, text in found if text is not None}


def _has_header(texts: Mapping[int, str]) -> bool:
    return any(spelling in layout().headers for text in texts.values() for spelling in spellings(text))


def _is_all_text(row: Row) -> bool:
    return all(cell is None or isinstance(cell, str) for cell in row.cells)


def _joined(one: ListLayout, above: Mapping[int, str], below: Mapping[int, str]) -> dict[int, str]:
    """A header in two rows: what stands above, or below, or below after what stands above it or to its left."""
    joined: dict[int, str] = {}
    group = ""
    for place in sorted(above.keys() | below.keys()):
        group = above.get(place, group)
        choices = (above.get(place), below.get(place), f"{group} {below.get(place, '')}")
        known = [text for text in choices if text and one.column_under(text)]
        joined[place] = known[0] if known else above.get(place, below.get(place, ""))
    return joined


def _matched(one: ListLayout, texts: Mapping[int, str], first_line: int, last_line: int) -> Header:
    places: dict[str, tuple[int, ...]] = {}
    for place, text in texts.items():
        column = one.column_under(text)
        if column is not None:
            places[column] = (*places.get(column, ()), place)
    return Header(one, first_line, last_line, places, dict(texts))
