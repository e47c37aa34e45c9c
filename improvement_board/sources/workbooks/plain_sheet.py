"""The quick look through a sheet written plainly, as Excel writes one without formulas, errors or oddities.

It only asks how far the cells reach. Whatever is not plain is left to the careful look of `scan`, which follows every
element and is some ten times slower.
"""

from __future__ import annotations

import re
import zipfile

from improvement_board.sources.workbooks.scan import MOST_CELLS, SheetScan

PIECE = 1 << 17
BEGINNING = re.compile(
    rb'(?:\xef\xbb\xbf)?(?:<\?xml version="1\.0"(?: encoding="(?i:utf-8)")?(?: standalone="\w+")?\?>\s*)?<worksheet\b'
)
# Comments and the like, a cell of type error, what is hidden, and any cell or formula under a prefix; formulas however
# they go on.
ODD = (
    b"<!",
    b'"e"',
    b"'e'",
    b" hidden=",
    *(b"%b%b" % (start, end) for start in (b"<f", b":f", b":c") for end in (b">", b" ", b"/", b"\t", b"\n", b"\r")),
)
CELL = re.compile(rb"<c[\s>/]")
PLACE = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
END = b"</worksheet>"


def plain_scan(archive: zipfile.ZipFile, part: str) -> SheetScan | None:
    """How far the cells of a sheet reach, empty ones too; None where it is not plain.

    Raises what zipfile raises.
    """
    columns: set[bytes] = set()
    last_row, rest, is_first = 0, b"", True
    with archive.open(part) as opened:
        while piece := opened.read(PIECE):
            text = rest + piece
            cut = text.rfind(b">") + 1
            whole, rest = text[:cut], text[cut:]
            if (is_first and not BEGINNING.match(whole)) or len(rest) > PIECE or any(odd in whole for odd in ODD):
                return None
            is_first = False
            places = PLACE.findall(whole)
            if len(places) != len(CELL.findall(whole)):
                return None
            if places:
                columns.update({column for column, _ in places})
                last_row = max(last_row, *(int(row) for row in {row for _, row in places}))
            end = whole[-64:]
    if is_first or rest.strip() or not end.rstrip().endswith(END):
        return None
    last_column = max((_number(column) for column in columns), default=0)
    return None if last_row * last_column > MOST_CELLS else SheetScan(last_row, last_column)


def _number(letters: bytes) -> int:
    """The number of a column: 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
