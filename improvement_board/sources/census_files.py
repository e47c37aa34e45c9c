"""What a DfE census file says of itself in its header, and the order in which several years' files are read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from improvement_board.common.progress import Report
from improvement_board.sources.findings import Findings
from improvement_board.sources.values import UnfitValueError, text_of
from improvement_board.sources.xml_files import local_name, read_elements, root_place, without_declaration
from improvement_board.sources.xml_parts import Notes, Trouble, census_date
from improvement_board.sources.xml_text import UnreadableXmlError, beginning_of, encoding_of

ROOT = re.compile(r"<(?:[\w.-]+:)?Message[\s/>]", re.IGNORECASE)
CONTAINERS = frozenset({"Header", "Children", "CSWWWorkers"})  # one without a record in it is no unknown block
UNDATED = dt.date(1900, 1, 1)


@dataclass(frozen=True)
class Census:
    """A census file: its collection (CIN, CSWW), year, the day it describes, the authority that made it, and when."""

    file: Path
    collection: str
    year: int | None
    reference_date: dt.date | None
    authority: str | None
    made: str
    beginning: str

    @property
    def order(self) -> tuple[dt.date, str, str]:
        """What makes a file later than another."""
        return self.reference_date or UNDATED, self.made, str(self.file)


def look_at(file: Path, year_end: tuple[int, int]) -> Census | None:
    """A look at the header of an XML file, None where it is no census. Never raises.

    The reference date is the header's, else `year_end` (month, day) of its year.
    """
    try:
        beginning = without_declaration(beginning_of(file))
    except OSError:
        return None
    if not _is_message(beginning):
        return None
    header, _, _ = beginning.partition("</Header>")
    written = text_of(_value(header, "Year")) or ""
    year = int(written) if re.fullmatch(r"(?:19|20)[0-9]{2}", written) else None
    day = _date(_value(header, "ReferenceDate")) or (dt.date(year, *year_end) if year else None)
    collection = (text_of(_value(header, "Collection")) or "").upper()
    authority, made = text_of(_value(header, "LEA")), _value(header, "DateTime") or ""
    return Census(file, collection, year, day, authority, made, beginning)


def _is_message(beginning: str) -> bool:
    try:
        return ROOT.match(beginning, root_place(beginning)) is not None
    except UnreadableXmlError:
        return ROOT.search(beginning) is not None


def _value(header: str, name: str) -> str | None:
    match = re.search(rf"<(?:[\w.-]+:)?{name}\s*>([^<]*)<", header)
    return match[1].strip() if match else None


def _date(text: str | None) -> dt.date | None:
    try:
        return census_date(text or "")
    except UnfitValueError:
        return None


def year_before(day: dt.date) -> dt.date:
    """The same day a year earlier; for 29 February the 28th."""
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap_day else day.day)


def latest_first(files: Sequence[Path], year_end: tuple[int, int], findings: Findings) -> list[Census]:
    """The census files from the latest to the earliest; what is odd about them together is noted.

    A file that is no census is a stop.
    """
    censuses = []
    for file in files:
        census = look_at(file, year_end)
        if census is None:
            _tell_why_not(Notes(file, findings))
        else:
            censuses.append(census)
            if census.reference_date is None:
                message = "does not say of which year it is: no ReferenceDate or Year"
                Notes(file, findings).tell(Trouble("no-reference-date", "warning", message, None, "ReferenceDate"))
    ordered = sorted(censuses, key=lambda census: census.order, reverse=True)
    for earlier, later in zip(ordered[1:], ordered, strict=False):
        _tell_if_another_authority(earlier, later, Notes(earlier.file, findings))
    return ordered


def _tell_why_not(notes: Notes) -> None:
    try:
        root_place(without_declaration(beginning_of(notes.file)))
        notes.stop("unreadable-file", "is not a census: its root element is not Message")
    except OSError as error:
        notes.stop("unreadable-file", f"cannot be opened: {error.strerror or 'unknown error'}")
    except UnreadableXmlError as error:
        notes.stop("unreadable-file", str(error), error.line)


def _tell_if_another_authority(earlier: Census, later: Census, notes: Notes) -> None:
    if earlier.authority != later.authority:
        message = f"is of another authority than {later.file.name} ({later.authority}): ids may clash"
        notes.tell(Trouble("several-authorities", "warning", message, None, "LEA", earlier.authority))


def tell_same_day(earlier: Census, later: Census, what_follows: str, notes: Notes) -> None:
    """Note that two files are of the same day, and what is done about it."""
    message = f"is of the same day as {later.file.name}, which is later: {what_follows}"
    day = str(earlier.reference_date)
    notes.tell(Trouble("same-reference-date", "warning", message, None, "ReferenceDate", day))


def census_records(
    census: Census, names: Sequence[str], notes: Notes, report: Callable[[int], None]
) -> Iterator[etree._Element]:
    """The records of a census file and its other blocks, see `xml_files.records`, but for its header.

    What makes the rest of it unreadable is noted as a stop, not raised.
    """
    try:
        encoding = encoding_of(census.file)
        if encoding.unfit_line is not None:
            message = f"is not in the encoding it claims; it was read as {encoding.name}"
            notes.tell(Trouble("wrong-encoding", "warning", message, encoding.unfit_line))
        for element in read_elements(census.file, names, encoding.name, report):
            if local_name(element.tag) not in CONTAINERS:
                yield element
    except UnreadableXmlError as error:
        notes.stop("unreadable-file", str(error), error.line)
    except OSError as error:
        notes.stop("unreadable-file", f"cannot be read: {error.strerror or 'unknown error'}")


def bytes_of(files: Sequence[Census]) -> list[int]:
    """The size of each file, 0 where it cannot be asked."""
    sizes = []
    for census in files:
        try:
            sizes.append(census.file.stat().st_size)
        except OSError:
            sizes.append(0)
    return sizes


def report_of(progress: Report, title: str, census: Census, before: int, total: int) -> Callable[[int], None]:
    """Tells progress in bytes of all files: `before` are of the files read already."""

    def report(done: int) -> None:
        progress(f"{title}: {census.file.name}", before + done, total)

    return report
