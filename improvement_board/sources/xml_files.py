"""XML files as a stream of whole records, read safely: no document type, no entities, no network, bounded memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from pathlib import Path

from lxml import etree

from improvement_board.sources.xml_text import UnreadableXmlError, decode_pieces

MOST_BYTES_OF_A_RECORD = 32 << 20
MOST_EXACT_LINE = 65_535
SPACE = re.compile(r"[\s\ufeff]*")


def without_declaration(text: str) -> str:
    """The text a file begins with, its XML declaration blanked out: what it says of the encoding counts no more, and
    white space before it does no harm."""
    text = text.removeprefix("ï»¿").removeprefix("\ufeff")
    declaration = re.match(r"\s*<\?xml\s[^>]*>", text)
    return "\n" * declaration[0].count("\n") + text[declaration.end() :] if declaration else text


def root_place(text: str) -> int:
    """Where the root element begins: after declaration, comments, instructions and white space.

    Raises UnreadableXmlError where there is none, and for a document type declaration: no return has one, and its
    entities may be an attack.
    """
    offset = SPACE.match(text).end()  # type: ignore[union-attr]
    while text.startswith(("<?", "<!--"), offset):
        close = "?>" if text.startswith("<?", offset) else "-->"
        end = text.find(close, offset)
        offset = SPACE.match(text, end + len(close)).end() if end >= 0 else len(text)  # type: ignore[union-attr]
    if text.startswith("<!", offset):
        raise UnreadableXmlError("has a document type declaration (DOCTYPE), which is refused")
    if len(text) < offset + 2 or not text.startswith("<", offset):
        raise UnreadableXmlError("is not XML: it does not begin with an element")
    return offset


def read_elements(
    file: Path, names: Collection[str], encoding: str, report: Callable[[int], None] | None = None
) -> Iterator[etree._Element]:
    """The elements of these names in the order of the file, in any namespace, each whole; and every block that holds
    none of them, once it is passed: what is read, and what is told as not read, is for the caller to say.

    A record is emptied when the next one is asked for: keep nothing of it. `report` is told how many bytes are read.
    Raises UnreadableXmlError where the file is not well-formed, not in its encoding, refused, or has no such end to a
    record within 32 MB; raises OSError.
    """
    parser = etree.XMLPullParser(
        events=("end",),
        tag=tuple(f"{{*}}{name}" for name in names),
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    waiting = read = 0
    for text, size in decode_pieces(file, encoding):
        _feed(parser, text if read else _checked_beginning(text))
        read, waiting = read + size, waiting + size
        for _, element in parser.read_events():
            yield element
            for passed in _forget(element):
                yield from _others(passed, names)
            waiting = 0
        if report:
            report(read)
        if waiting > MOST_BYTES_OF_A_RECORD:
            raise UnreadableXmlError(f"has {waiting >> 20} MB without the end of a {' or '.join(sorted(names))}")
    for block in _finish(parser):
        yield from _others(block, names)


def _checked_beginning(text: str) -> str:
    beginning = without_declaration(text)
    root_place(beginning)
    return beginning


def _feed(parser: etree.XMLPullParser, text: str) -> None:
    try:
        parser.feed(text.encode("utf-8"))
    except etree.XMLSyntaxError as error:
        raise _not_well_formed(error) from error


def _finish(parser: etree.XMLPullParser) -> etree._Element:
    """The root, with what is left of it."""
    try:
        return parser.close()
    except etree.XMLSyntaxError as error:
        raise _not_well_formed(error) from error


def _not_well_formed(error: etree.XMLSyntaxError) -> UnreadableXmlError:
    said = re.sub(r", line \d+, column \d+.*$", "", str(error.msg or "it ends too early"))
    return UnreadableXmlError(f"is not well-formed XML: {said}", error.lineno or None)


def _forget(element: etree._Element) -> list[etree._Element]:
    """Empty an element and drop all that stands before it, so that memory does not grow with the file: what was
    dropped."""
    dropped = []
    element.clear()
    while element is not None:
        parent = element.getparent()
        while element.getprevious() is not None:
            dropped.append(parent[0])
            del parent[0]
        element = parent
    return dropped


def _others(block: etree._Element, names: Collection[str]) -> Iterator[etree._Element]:
    """The largest elements of a block, or the block itself, in which no record stands."""
    if not isinstance(block.tag, str) or local_name(block.tag) in names:
        return
    if any(local_name(inner.tag) in names for inner in block.iter(etree.Element)):
        for inner in block:
            yield from _others(inner, names)
    else:
        yield block


@lru_cache(maxsize=4096)
def local_name(tag: str) -> str:
    """The name of an element without its namespace."""
    return tag.rpartition("}")[2]


def line_of(element: etree._Element) -> int | None:
    """The line an element begins in. Beyond 65,535 the parser knows only where the text that follows its tag ends."""
    line: int | None = element.sourceline
    if line is not None and line > MOST_EXACT_LINE and element.text:
        line -= element.text.count("\n")
    return line
