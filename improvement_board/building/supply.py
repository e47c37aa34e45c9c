"""What a source folder gives a build: its tables, checked, with the days they cover and a record of every file."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pyarrow import parquet

from improvement_board.building.records import SourceFolder
from improvement_board.checks.running import CheckOutcome, run_checks
from improvement_board.common.files import disk_of, sha256_of
from improvement_board.common.months import month_end
from improvement_board.common.progress import Report, report_nothing
from improvement_board.declared.kpis import Definition
from improvement_board.declared.plan import Council
from improvement_board.editions.manifest import CheckRecord, SourceRecord
from improvement_board.errors import InputError, Problem
from improvement_board.records.column_use import TableColumn
from improvement_board.sources.findings import Finding
from improvement_board.sources.gaps import Gap, gaps_in
from improvement_board.sources.gather import Gathered, gather
from improvement_board.sources.partial import still_needed
from improvement_board.sources.registry import adapters
from improvement_board.sources.settings import SourceSettings, read_settings
from improvement_board.sources.whose import of_another_authority

READY = "kpi_extract"
FIRST_EDITION = dt.date(2000, 1, 31)
MOST_UNFIT, FEWEST_UNFIT = 0.2, 20  # of a file's rows of a table: more would make its figures wrong
YEARS_OF_THE_DATASET = 6  # the Standard Safeguarding Dataset holds who was known in the last six years


@dataclass(frozen=True)
class Supply:
    """A source folder, read and checked.

    `folder` has the tables as they are to be counted; `gathered` and `outcome` what was read and found.
    """

    folder: SourceFolder
    edition: dt.date
    gathered: Gathered
    outcome: CheckOutcome

    @property
    def formats(self) -> Mapping[str, tuple[str, ...]]:
        """The formats that gave each table."""
        return {table: merged.sources for table, merged in self.gathered.tables.items()}

    @cached_property
    def gaps(self) -> Mapping[TableColumn, Gap]:
        """Columns that say nothing, or not enough."""
        return gaps_in(self.gathered.tables, self.outcome.tables, self.gathered.findings)

    def needs(self, definition: Definition, parameters: Mapping[str, Any] | None = None) -> tuple[str, ...]:
        """What a KPI needs and does not have: tables and columns. `parameters`: the plan's for it."""
        return still_needed(definition, self.formats, self.gaps, parameters)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that was found, by the adapters and by the checks."""
        return (*self.gathered.findings.kept, *self.outcome.findings)

    @property
    def stops(self) -> tuple[Problem, ...]:
        """What keeps the edition from being published."""
        return tuple(finding.problem for finding in self.findings if finding.severity == "stop")


def supply(
    source: Path,
    work: Path,
    edition: dt.date | None = None,
    own_checks: Path | None = None,
    progress: Report = report_nothing,
    council: Council | None = None,
) -> Supply:
    """Read a source folder into `work` and check it.

    `own_checks`: a folder of the council's own checks; `council`: whose returns they must be. Raises InputError for a
    folder or sources.toml that is wrong, and for an edition of a day that is to come; what is wrong with the files is
    among the findings, and `stops` says what keeps them from being published.
    """
    if not source.is_dir():
        raise InputError(Problem(source, "is not a folder", allowed="a folder of source files"))
    settings = read_settings(source)
    day = _edition_day(source, edition or settings.edition)
    _check_days(source, settings, day)
    with disk_of(work):
        gathered = gather(source, work / "read", adapters(), day, progress, settings)
        for finding in of_another_authority(gathered.authorities, council) if council else ():
            gathered.findings.add(finding)
        outcome = run_checks(gathered.tables, day, work / "checked", progress, own_checks)
    supplied = Supply(_folder(source, gathered, outcome, day), day, gathered, outcome)
    _tell_too_many_unfit(supplied)
    return supplied


def _edition_day(source: Path, day: dt.date | None) -> dt.date:
    """The day an edition is of, checked before anything is read by it."""
    if day is None:
        try:
            day = dt.date.fromisoformat(source.name)
        except ValueError as error:
            message = "does not say which edition it is for: give --edition, or edition = … in its sources.toml"
            raise InputError(Problem(source, message, allowed="the last day of a month")) from error
    written, latest = day.isoformat(), today()
    if not FIRST_EDITION <= day <= latest:
        message = "an edition is of days that are over" if day > latest else "no edition is of so long ago"
        allowed = f"the last day of a month, from {FIRST_EDITION} to {latest}"
        raise InputError(Problem(source, message, column="edition", value=written, allowed=allowed))
    if day != month_end(day):
        message = "an edition's date is the last day of its data, the last day of a month"
        raise InputError(Problem(source, message, column="edition", value=written))
    return day


def _check_days(source: Path, settings: SourceSettings, day: dt.date) -> None:
    """Raises InputError where a day that sources.toml names cannot be: the first day of records that end before it,
    or one that is to come."""
    days = [("first_day", settings.first_day, day)]
    days += [
        (key, said, today())
        for named_source in settings.source
        for key, said in named_source.settings.items()
        if _is_day(said)
    ]
    problems = [
        Problem(source, "cannot be", column=key, value=said.isoformat(), allowed=f"a day up to {latest}")
        for key, said, latest in days
        if said is not None and said > latest
    ]
    if problems:
        raise InputError(problems)


def _is_day(value: object) -> bool:
    return type(value) is dt.date


def today() -> dt.date:
    """The day it is on this computer."""
    return dt.datetime.now().astimezone().date()


def _folder(source: Path, gathered: Gathered, outcome: CheckOutcome, day: dt.date) -> SourceFolder:
    of_the_dataset = any("ssd" in merged.sources for merged in gathered.tables.values())
    not_before = (day + dt.timedelta(days=1)).replace(year=day.year - YEARS_OF_THE_DATASET) if of_the_dataset else None
    return SourceFolder(source, outcome.tables, day, gathered.settings.first_day, gathered.windows, not_before)


def _tell_too_many_unfit(supplied: Supply) -> None:
    """A file of which too much was unfit stops the edition: what is left of it would give wrong figures."""
    for (table, _, file), (taken, lost, rejected) in sorted(_rows_by_file(supplied).items()):
        read = taken + lost + rejected
        if rejected > MOST_UNFIT * read and (rejected >= FEWEST_UNFIT or rejected == read):
            message = f"{rejected:,} of its {read:,} rows of {table} were kept out by errors"
            problem = Problem(file, message, allowed="one in five at most: mend what the errors say")
            supplied.gathered.findings.add(Finding("many-rows-unfit", "stop", problem))


def source_records(supplied: Supply) -> tuple[SourceRecord, ...]:
    """What each file gave each table: rows counted, lost to another source, rejected; together all that it held."""
    titles = {adapter.name: adapter.title for adapter in adapters()}
    sums: dict[str, str] = {}
    records = []
    for (table, source, known), (taken, lost, rejected) in sorted(_rows_by_file(supplied).items()):
        file = known or _only_file(supplied, table, source)
        if file and file not in sums:
            sums[file] = sha256_of(Path(file))
        records.append(
            SourceRecord(
                table=table,
                file=_within(supplied.folder.folder, file),
                rows=taken,
                sha256=sums.get(file, ""),
                date=supplied.gathered.dates.get(file) or supplied.gathered.settings.edition,
                title=titles[source],
                source=source,
                lost=lost,
                rejected=rejected,
            )
        )
    return (*records, *_ready_records(supplied, titles))


def _ready_records(supplied: Supply, titles: Mapping[str, str]) -> Iterator[SourceRecord]:
    """A record for each ready extract, under its KPI's id; the file is named where there is one alone."""
    own = [read_file.file for read_file in supplied.gathered.files if read_file.format == READY]
    for kpi, extract in sorted(supplied.gathered.extracts.items()):
        named = [file for file in own if kpi in file.stem.lower()] or own
        file = named[0] if len(named) == 1 else extract
        yield SourceRecord(
            table=kpi,
            file=_within(supplied.folder.folder, str(file)),
            rows=parquet.ParquetFile(extract).metadata.num_rows,
            sha256=sha256_of(file),
            date=supplied.gathered.dates.get(str(file)) or supplied.gathered.settings.edition,
            title=titles[READY],
            source=READY,
        )


def _rows_by_file(supplied: Supply) -> dict[tuple[str, str, str], tuple[int, int, int]]:
    """Rows taken, lost (to another source or a later file of the same) and rejected, by table, source and file."""
    rejected: Counter[tuple[str, str, str]] = Counter()
    for (source, table), rows in supplied.gathered.findings.rejected.items():
        rejected.update((table, source, file) for file, *_ in rows)
    of_checks = {(table, source, file): rows for (source, file, table), rows in supplied.outcome.rejected.items()}
    counted = {}
    for table, merged in supplied.gathered.tables.items():
        for count in merged.counts:
            key = (table, count.source, count.file)
            counted[key] = (count.taken - of_checks.get(key, 0), count.lost, rejected[key] + of_checks.get(key, 0))
    for key, kept_out in rejected.items():
        counted.setdefault(key, (0, 0, kept_out))
    for key, in_later in supplied.gathered.superseded.items():
        taken, lost, kept_out = counted.get(key, (0, 0, 0))
        counted[key] = (taken, lost + in_later, kept_out)
    return counted


def _only_file(supplied: Supply, table: str, source: str) -> str:
    """The file that gave a table without a row: the one named after it, or the only one of its format; else ""."""
    files = [read_file.file for read_file in supplied.gathered.files if read_file.format == source]
    named = [file for file in files if table in file.name.lower()]
    return str((named or files)[0]) if len(named or files) == 1 else ""


def _within(folder: Path, file: str) -> str:
    """A file by its name in the source folder; "" for a table that was supplied without a row of any file."""
    path = Path(file)
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name if file else ""


def check_records(supplied: Supply) -> tuple[CheckRecord, ...]:
    """How many rows failed each check, those that none failed too; and what the adapters found, by rule."""
    titles = {finding.rule: finding for finding in supplied.gathered.findings.kept}
    records = [
        CheckRecord(
            check=rule,
            severity=titles[rule].severity,
            failures=failures,
            title=titles[rule].problem.message,
            table=table,
            column=column,
        )
        for (rule, table, column), failures in supplied.gathered.findings.counts.items()
        if rule in titles
    ]
    records += [
        CheckRecord(
            check=result.check.name,
            severity=result.check.severity,
            failures=result.failures,
            title=result.check.title,
            table=result.check.table,
            column=result.check.column,
        )
        for result in supplied.outcome.results
    ]
    return tuple(records)
