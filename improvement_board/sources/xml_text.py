"""The encoding of an XML file and its text, decoded before the parser sees it: what a file claims need not be so."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CHUNK_BYTES = 1 << 20
BEGINNING_BYTES = 1 << 18
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
ONE_BYTE_ENCODING = re.compile(r"iso[-_]?8859[-_]?\d+|latin[-_]?1|(?:windows-|cp)125\d", re.IGNORECASE)
WESTERN = "cp1252"


class UnreadableXmlError(ValueError):
    """The file cannot be read any further; `line` says where, if it is known."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Encoding:
    """How a file is to be decoded; `unfit_line` is the first line that is not in the encoding which the file claims."""

    name: str
    unfit_line: int | None = None


def encoding_of(file: Path) -> Encoding:
    """The encoding a file is in: by its byte order mark, else a one-byte encoding that it declares, else UTF-8.

    Bytes that are not UTF-8 are taken to be Windows-1252, in which Windows programs write. Raises OSError.
    """
    with file.open("rb") as opened:
        beginning = opened.read(200)
    name = next((name for mark, name in BYTE_ORDER_MARKS if beginning.startswith(mark)), None)
    if name and name != "utf-8-sig":
        return Encoding(name)
    declared = re.match(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)[\"']", beginning)
    if declared and not name and (one_byte := _one_byte_encoding(declared[1].decode("ascii", "replace"))):
        return Encoding(one_byte)
    unfit_line = _first_line_not_in_utf_8(file)
    return Encoding(name or "utf-8") if unfit_line is None else Encoding(WESTERN, unfit_line)


def _one_byte_encoding(claimed: str) -> str | None:
    """The encoding to read with where a file claims one of the one-byte kind: Latin-1 is nearly always Windows-1252."""
    if not ONE_BYTE_ENCODING.fullmatch(claimed):
        return None
    try:
        encoding = codecs.lookup(claimed).name
    except LookupError:
        return None
    return WESTERN if encoding == "iso8859-1" else encoding


def _first_line_not_in_utf_8(file: Path) -> int | None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    line = 1
    with file.open("rb") as opened:
        while chunk := opened.read(CHUNK_BYTES):
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                return line + error.object[: error.start].count(b"\n")
            line += chunk.count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return line
    return None


def beginning_of(file: Path) -> str:
    """The text a file begins with, up to 256 KB; what cannot be decoded is replaced. Raises OSError."""
    with file.open("rb") as opened:
        raw = opened.read(BEGINNING_BYTES)
    name = next((name for mark, name in BYTE_ORDER_MARKS if raw.startswith(mark)), "utf-8")
    return raw.decode(name, "replace")


def decode_pieces(file: Path, encoding: str) -> Iterator[tuple[str, int]]:
    """The text of a file in pieces, and how many bytes each was."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with file.open("rb") as opened:
        while True:
            chunk = opened.read(CHUNK_BYTES)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                line += error.object[: error.start].count(b"\n")
                raise UnreadableXmlError(f"is not in the encoding {encoding}", line) from error
            line += text.count("\n")
            yield text, len(chunk)
            if not chunk:
                return
