"""The adapter: every row of every file is read and put by child, then each child's rows become those of the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from improvement_board.common.progress import Report
from improvement_board.sources.adapter import ReadingOptions
from improvement_board.sources.findings import Findings
from improvement_board.sources.ssda903 import care, events
from improvement_board.sources.ssda903.authority import authority_of
from improvement_board.sources.ssda903.cells import Reader
from improvement_board.sources.ssda903.csv_files import is_return_csv, rows_of_file
from improvement_board.sources.ssda903.fields import TABLES_OF, FileOfReturn
from improvement_board.sources.ssda903.new_ids import settle_new_ids
from improvement_board.sources.ssda903.returns import Return, returns_of, settle_days
from improvement_board.sources.ssda903.settle import KnownReturns, settle_rows
from improvement_board.sources.ssda903.shelf import ReturnRow, Shelf
from improvement_board.sources.ssda903.xml_files import child_names, xml_rows
from improvement_board.sources.staging import Staging
from improvement_board.sources.windows import unbroken_from

REPORT_CHILDREN = 1_000


@dataclass
class SSDA903:
    """DfE's children looked after return.

    `settings["as_at"]` of the reading options gives the day the returns speak of, see `returns.returns_of`.
    `first_day`, after reading, is the first day from which the returns hold every child in care: 1 April of the
    earliest one's year, after any year that is missing; None where none has episodes. What ended before is not in them.
    """

    name: str = "ssda903"
    title: str = "Children looked after return (SSDA903)"
    first_day: date | None = None

    def recognises(self, file: Path) -> bool:
        """Whether a file begins as one of the return's CSV files, or as its XML."""
        return bool(child_names(file)) or is_return_csv(file)

    def read(
        self, files: Sequence[Path], staging: Staging, findings: Findings, options: ReadingOptions, progress: Report
    ) -> None:
        """Add the rows of the files to the staging tables."""
        self.first_day = None
        files = tuple(files)
        returns = returns_of(files, options.settings, options.edition, findings)
        if returns is None:
            return
        with TemporaryDirectory(prefix="ssda903-") as folder, closing(Shelf(Path(folder))) as shelf:
            for file_number, file in enumerate(files):
                _put_file(file_number, file, returns[file_number], shelf, findings, options, progress)
            returns = settle_days(returns, options.edition, findings)
            self.first_day = unbroken_from((each.first_day, each.day) for each in returns if "Episodes" in each.kinds)
            for table in _supplied(returns):
                staging.supply(table)
                if self.first_day:
                    staging.first_days[table] = self.first_day
                    staging.last_days[table] = max(each.day for each in returns if "Episodes" in each.kinds)
            staging.dates.update({str(file): each.day for file, each in zip(files, returns, strict=True)})
            children = options.identities.children
            shelf.settle_ids(lambda written, file_number, born: children.take(written, str(files[file_number]), born))
            settle_new_ids(shelf, files, returns, children, findings)
            said = {str(file): authority_of(file) for file in files}
            staging.authorities.update({file: authority for file, authority in said.items() if authority})
            _write(shelf, KnownReturns(files, returns, findings), staging, progress)


def _put_file(
    file_number: int,
    file: Path,
    own: Return,
    shelf: Shelf,
    findings: Findings,
    options: ReadingOptions,
    progress: Report,
) -> None:
    reader = Reader(file, options.edition, options.day_first, findings, options.identities.workers)

    def note_kinds(kinds: Sequence[FileOfReturn]) -> None:
        own.kinds.update(kind.name for kind in kinds)

    rows = xml_rows if child_names(file) else rows_of_file
    for raw in rows(file, findings, progress, note_kinds):
        values = reader.values(raw)
        if values is not None:
            shelf.put(raw.kind.name, values, file_number, raw.line, raw.row_number)
            start, end = values.get(raw.kind.starts or ""), values.get(raw.kind.ends or "")
            own.note(_day(start), _day(end), is_episode=raw.kind.name == "Episodes")


def _day(value: date | None) -> date | None:
    return value.date() if isinstance(value, datetime) else value


def _supplied(returns: Sequence[Return]) -> Iterator[str]:
    kinds = {kind for each in returns for kind in each.kinds}
    if kinds:
        yield "ssd_person"
    for kind, tables in TABLES_OF.items():
        if kind in kinds:
            yield from tables


def _write(shelf: Shelf, known: KnownReturns, staging: Staging, progress: Report) -> None:
    for number, rows in enumerate(shelf.children(known.tell_too_many)):
        if number % REPORT_CHILDREN == 0:
            progress(f"SSDA903: {number:,} children put together")
        for table, (row, line) in _tables_of_child(rows, known):
            staging.add(table, line, file=str(known.path_of(row)), line=row["_row"])


def _tables_of_child(
    rows: Mapping[str, Sequence[ReturnRow]], known: KnownReturns
) -> Iterator[tuple[str, events.FoundRow]]:
    of = {kind: settle_rows(kind, rows.get(kind, ()), known) for kind in TABLES_OF if kind != "Header"}
    who = events.person_row(rows, known)
    yield "ssd_person", who
    born: date | None = who[1]["pers_dob"]
    episodes = care.episodes_of(of["Episodes"], known)
    for episode in episodes:
        yield "ssd_cla_episodes", (episode.row, care.episode_row(episode))
    yield from (("ssd_cla_placement", row) for row in care.placements(episodes))
    yield from (("ssd_legal_status", row) for row in care.legal_statuses(episodes))
    yield from (("ssd_cla_reviews", row) for row in events.reviews(of["Reviews"], episodes, known))
    yield from (("ssd_missing", row) for row in events.missing(of["Missing"]))
    yield from (("ssd_cla_health", row) for row in events.health(of["OC2"], born, known))
    yield from (("ssd_care_leavers", row) for row in events.care_leavers(of["OC3"], born, known))
    yield from (("ssd_involvements", row) for row in events.involvements(of["SocialWorker"]))
