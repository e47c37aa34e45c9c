"""From a folder of any mix of sources to one file for each record-level table."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from improvement_board.common.files import files_within, links_within
from improvement_board.common.progress import Report, report_nothing
from improvement_board.declared.tables import declared_tables
from improvement_board.errors import InputError, Problem
from improvement_board.records.demonstration import SIGNATURE
from improvement_board.sources.adapter import Adapter, ReadingOptions
from improvement_board.sources.drafts import drafts_among
from improvement_board.sources.feeding import might_feed
from improvement_board.sources.findings import Finding, Findings
from improvement_board.sources.identities import Identities
from improvement_board.sources.limits import too_large
from improvement_board.sources.meeting import find_strangers
from improvement_board.sources.merge import Merged, merge
from improvement_board.sources.not_read import fed_by_name, find_passed_over, why_not_read
from improvement_board.sources.settings import FILE_NAMES, NamedSource, SourceSettings, read_settings
from improvement_board.sources.staging import Staging
from improvement_board.sources.sums import without_sums
from improvement_board.sources.tabular.nearest import nearest_of
from improvement_board.sources.team_names import with_one_spelling
from improvement_board.sources.windows import CoveredDays
from improvement_board.sources.written_ids import unify

UNKNOWN_FILE = "unknown-file"
TABLE_SUFFIXES = frozenset({".csv", ".parquet", ".xlsx", ".xlsm", ".xls", ".ods", ".txt"})
IGNORED_NAMES = frozenset({*FILE_NAMES, SIGNATURE, "readme.md", "readme.txt", "thumbs.db", "desktop.ini"})


@dataclass(frozen=True)
class ReadFile:
    """One file of a source folder: the format that read it, None where none knows it."""

    file: Path
    format: str | None


@dataclass(frozen=True)
class Gathered:
    """What a source folder gave: a file a table, who gave its rows, ready KPI extracts, and what was wrong.

    `windows`: the days for which each table is complete; `dates` and `authorities`: the day each file speaks of and
    whose it says it is, by its path; `edition`: the day up to which it was read; `superseded`: the rows by table,
    format and file that a later file of the format has too.
    """

    edition: dt.date
    tables: Mapping[str, Merged]
    windows: Mapping[str, CoveredDays]
    dates: Mapping[str, dt.date]
    authorities: Mapping[str, str]
    extracts: Mapping[str, Path]
    files: tuple[ReadFile, ...]
    findings: Findings
    settings: SourceSettings
    superseded: Mapping[tuple[str, str, str], int] = field(default_factory=dict)


@dataclass
class _Claims:
    by_format: dict[str, list[Path]] = field(default_factory=dict)
    settings: dict[str, Mapping[str, object]] = field(default_factory=dict)
    unknown: list[Path] = field(default_factory=list)
    too_large: dict[Path, str] = field(default_factory=dict)
    drafts: list[Path] = field(default_factory=list)

    def sensible(self, files: Iterable[Path]) -> Iterator[Path]:
        """The files but for those that are too large, which are noted with why."""
        for file in files:
            why = too_large(file)
            if why:
                self.too_large[file] = why
            else:
                yield file

    def files_read(self) -> tuple[ReadFile, ...]:
        """Every file with the format it is read as, None for one that is not read."""
        read = [ReadFile(file, name) for name, files in self.by_format.items() for file in files]
        read += [ReadFile(file, None) for file in (*self.unknown, *self.too_large, *self.drafts)]
        return tuple(sorted(read, key=lambda each: each.file))


def gather(
    folder: Path,
    staging: Path,
    adapters: Sequence[Adapter],
    edition: dt.date | None = None,
    progress: Report = report_nothing,
    settings: SourceSettings | None = None,
) -> Gathered:
    """Read every file of a source folder into `staging`. `settings` are the folder's own where they were read already.

    Raises InputError for a folder that is not there, sources.toml that is wrong, or a format that does not exist; what
    is wrong with the files themselves is in the findings.
    """
    if not folder.is_dir():
        raise InputError(Problem(folder, "is not a folder", allowed="a folder of source files"))
    settings = settings or read_settings(folder)
    findings = Findings()
    known = {adapter.name: adapter for adapter in adapters}
    claims = _claim(folder, settings, known)
    day = edition or settings.edition or _day_of(folder)
    held, identities = _Held(), Identities()
    for name, files in claims.by_format.items():
        progress(f"Reading {known[name].title}")
        options = ReadingOptions(day, settings.day_first, claims.settings.get(name, {}), identities)
        findings.source = name
        with Staging(staging / name, name) as tables:
            known[name].read(files, tables, findings, options, progress)
        held.take(tables)
    findings.source = ""
    for finding in _not_read(folder, claims, is_by_name=bool(settings.source)):
        findings.add(finding)
    read = claims.files_read()
    progress("Putting sources together")
    unify(held.staged, staging / "ids", identities, findings)
    formats = {str(read_file.file): read_file.format for read_file in read if read_file.format}
    said = () if not settings.ids_meet else find_strangers(identities, held.dates, formats, held.staged)
    for finding in (*identities.findings(), *said):
        findings.add(finding)
    merged = merge(held.staged, settings, staging / "merged")
    merged, extracts = with_one_spelling(merged, held.extracts, staging / "respelt", findings)
    merged = without_sums(merged, staging / "summed", findings)
    return Gathered(
        day, merged, held.windows, held.dates, held.authorities, extracts, read, findings, settings, held.superseded
    )


def _not_read(folder: Path, claims: _Claims, *, is_by_name: bool) -> Iterator[Finding]:
    """What of a source folder no format reads: unknown files, hidden ones, large ones, drafts, links."""
    yield from (_unknown(file, folder) for file in claims.unknown)
    every = {file for files in claims.by_format.values() for file in files} | claims.too_large.keys()
    yield from find_passed_over(folder, every, is_by_name=is_by_name)
    for file, why in claims.too_large.items():
        yield Finding("too-large", "stop", Problem(file.relative_to(folder), why))
    for file in claims.drafts:
        message = "is by its name a draft or a copy of another file, and was not read"
        yield Finding("draft-copy", "warning", Problem(file.relative_to(folder), message))
    for link in links_within(folder):
        message = "is a link, which is not followed, and was not read: put the file itself into the folder"
        yield Finding("link", "warning", Problem(link.relative_to(folder), message))


def _unknown(file: Path, folder: Path) -> Finding:
    """A file of no format, with the table that its headings are nearest to.

    A stop where it has the name of a table, since whoever put it there counts on it.
    """
    relative = file.relative_to(folder)
    nearest = nearest_of(file)
    why = why_not_read(file)
    headings = f": it {why}" if why else f": {nearest.words}" if nearest else ""
    headings += might_feed(frozenset({nearest.table.name})) if nearest else fed_by_name(file)
    if file.stem.lower() in declared_tables() and file.suffix.lower() in TABLE_SUFFIXES:
        message = f"has the name of the table {file.stem.lower()}, and cannot be read as one{headings}"
        allowed = "CSV, Parquet or Excel with the table's columns under their names"
        return Finding("unreadable-table", "stop", Problem(relative, message, allowed=allowed))
    message = f"is of no format that is known here, and was not read{headings}"
    return Finding(UNKNOWN_FILE, "warning", Problem(relative, message))


@dataclass
class _Held:
    """What the formats read so far have given."""

    staged: dict[str, dict[str, Path]] = field(default_factory=dict)
    windows: dict[str, CoveredDays] = field(default_factory=dict)
    dates: dict[str, dt.date] = field(default_factory=dict)
    authorities: dict[str, str] = field(default_factory=dict)
    extracts: dict[str, Path] = field(default_factory=dict)
    superseded: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def take(self, tables: Staging) -> None:
        """Take what one format gave."""
        for table, staged_table in tables.tables.items():
            own = CoveredDays(tables.first_days.get(table), tables.last_days.get(table))
            earlier = self.windows.get(table)
            self.windows[table] = earlier.joined(own) if earlier else own
            self.staged.setdefault(table, {})[tables.source] = staged_table.file
        self.dates.update(tables.dates)
        self.authorities.update(tables.authorities)
        self.extracts.update(tables.extracts)
        self.superseded.update(
            {(table, tables.source, file): rows for (table, file), rows in tables.superseded.items()}
        )


def _day_of(folder: Path) -> dt.date:
    """The day that a folder's name writes, else today: until an edition is named, nothing later is known."""
    try:
        return dt.date.fromisoformat(folder.name)
    except ValueError:
        return dt.datetime.now(dt.UTC).date()


def _claim(folder: Path, settings: SourceSettings, known: Mapping[str, Adapter]) -> _Claims:
    claims = _Claims()
    if settings.source:
        for source in settings.source:
            if source.format not in known:
                raise InputError(
                    Problem(
                        FILE_NAMES[0], "is no format", column="format", value=source.format, allowed=", ".join(known)
                    )
                )
            claims.by_format.setdefault(source.format, []).extend(claims.sensible(_named(folder, source)))
            claims.settings[source.format] = source.settings
        return claims
    files = list(_files(folder))
    claims.drafts = drafts_among(files)
    for file in claims.sensible(candidate for candidate in files if candidate not in claims.drafts):
        name = next((name for name, adapter in known.items() if adapter.recognises(file)), None)
        if name is None:
            claims.unknown.append(file)
        else:
            claims.by_format.setdefault(name, []).append(file)
    return claims


def _named(folder: Path, source: NamedSource) -> Iterator[Path]:
    for pattern in source.files:
        files = sorted(file for file in folder.glob(pattern) if file.is_file())
        outside = [file for file in files if not file.resolve().is_relative_to(folder.resolve())]
        if not files or outside:
            message = "names no file of the folder" if not files else "names a file outside the folder"
            raise InputError(Problem(FILE_NAMES[0], message, column="files", value=pattern))
        yield from files


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in files_within(folder) if file.name.lower() not in IGNORED_NAMES)
