"""The XML form of the return, read child by child.

DfE's form is <EXPSSDA903> with a <CHILD> for each child: its <HEADER> (CHILDID, SEX, DOB, with an <AREVIEW> a review,
an <AMISSING> a missing episode, <OC2>, and the care leaver's IN_TOUCH, ACTIV, ACCOM) and an <EPISODE> each. Here a
group is known by the fields in it, not by its name or depth: an element named after a child that has elements in it is
a child, and any group of fields in it is one row or more.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

from lxml import etree

from improvement_board.common.progress import Report
from improvement_board.errors import Problem
from improvement_board.sources.findings import Finding, Findings
from improvement_board.sources.ssda903.cells import RawRow
from improvement_board.sources.ssda903.csv_files import Notice
from improvement_board.sources.ssda903.fields import bare_name, field_name, kinds_of
from improvement_board.sources.ssda903.unread import Unread
from improvement_board.sources.xml_files import line_of, local_name, read_elements, without_declaration
from improvement_board.sources.xml_text import UnreadableXmlError, beginning_of, encoding_of

CHILD_NAMES = ("CHILD", "CHILDRECORD")
KNOWN_OF_THE_CHILD = ("CHILD", "DOB", "SEX")


def child_names(file: Path) -> frozenset[str]:
    """What a file calls its children's elements; nothing where it does not begin as a return. Never raises."""
    try:
        beginning = without_declaration(beginning_of(file)).lstrip()
    except OSError:
        return frozenset()
    if not beginning.startswith("<"):
        return frozenset()
    parser = etree.XMLPullParser(
        events=("start",), encoding="utf-8", resolve_entities=False, load_dtd=False, no_network=True
    )
    with suppress(etree.XMLSyntaxError):
        parser.feed(beginning.encode("utf-8", "replace"))
    elements: list[etree._Element] = []
    with suppress(etree.XMLSyntaxError):
        elements.extend(element for _, element in parser.read_events() if isinstance(element.tag, str))
    fields = {name for element in elements if not len(element) and (name := field_name(local_name(element.tag)))}
    if "CHILD" not in fields or all(kind.name == "Header" for kind in kinds_of(fields)):  # other returns have a UPN
        return frozenset()
    names = {local_name(element.tag) for element in elements if len(element)}
    return frozenset(name for name in names if bare_name(name).endswith(CHILD_NAMES))


def xml_rows(file: Path, findings: Findings, progress: Report, notice: Notice) -> Iterator[RawRow]:
    """The rows of a file; `notice` is told of which kinds.

    A file that can't be read to its end is a finding of severity stop.
    """
    try:
        size, encoding = file.stat().st_size, encoding_of(file)
        if encoding.unfit_line is not None:
            message = f"is not in the encoding it claims; it was read as {encoding.name}"
            problem = Problem(file, message, row=encoding.unfit_line)
            findings.add(Finding("wrong-encoding", "warning", problem))

        def report(done: int) -> None:
            progress(f"SSDA903: {file.name}", done, size)

        groups = count(1)
        names, unread = child_names(file), Unread(file, findings)
        for child in read_elements(file, names, encoding.name, report):
            if local_name(child.tag) not in names:
                unread.note(local_name(child.tag), line_of(child))
                continue
            rows = list(_rows_of_child(child, groups))
            _note_unread(child, unread)
            notice([row.kind for row in rows])
            yield from rows
        unread.tell("unknown-element", "is no element of the return, and was not read")
    except (UnreadableXmlError, OSError) as error:
        problem = Problem(file, f"can't be read: {error}", row=getattr(error, "line", None))
        findings.add(Finding("unreadable-file", "stop", problem))


def _rows_of_child(child: etree._Element, numbers: Iterator[int]) -> Iterator[RawRow]:
    groups = [element for element in child.iter(etree.Element) if len(element)]
    known: dict[str, str | None] = {}
    for group in groups:
        for name, text in _fields(group).items():
            if name in KNOWN_OF_THE_CHILD:
                known.setdefault(name, text)
    for group in groups:
        cells, number = _fields(group), next(numbers)
        for kind in kinds_of(cells):
            yield RawRow(kind, {**known, **cells}, group.sourceline or 0, number)


def _note_unread(child: etree._Element, unread: Unread) -> None:
    """Note the elements that are no field, and the groups that have none."""
    for group in child.iter(etree.Element):
        leaves = [leaf for leaf in group if isinstance(leaf.tag, str) and not len(leaf)]
        unknown = [leaf for leaf in leaves if field_name(local_name(leaf.tag)) is None]
        if leaves and len(unknown) == len(leaves) == len(group):
            unread.note(local_name(group.tag), line_of(group))
            continue
        for leaf in unknown:
            unread.note(local_name(leaf.tag), line_of(leaf))


def _fields(group: etree._Element) -> dict[str, str | None]:
    """The fields directly in an element; one that is there twice counts as it is first filled."""
    cells: dict[str, str | None] = {}
    for leaf in group:
        name = field_name(local_name(leaf.tag)) if isinstance(leaf.tag, str) else None
        if name and not len(leaf) and leaf.text and not leaf.text.isspace():
            cells.setdefault(name, leaf.text)
    return cells
