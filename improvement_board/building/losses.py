"""What the edition before gave and this one does not: indicators without figures any more and why, formats not read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from improvement_board.declared.home import Home
from improvement_board.declared.kpis import Definition, load_library
from improvement_board.editions.manifest import Manifest, read_manifest
from improvement_board.editions.shelf import read_shelf
from improvement_board.errors import InputError, printable

FILES_NAMED = 2


@dataclass(frozen=True)
class Loss:
    """An indicator that is no longer given, and why: a clause that may stand after "since"."""

    kpi: str
    title: str
    cause: str


def edition_up_to(home: Home, day: dt.date) -> Manifest | None:
    """The manifest of the last edition of a date up to a day; None where there is none that can be read."""
    folders = [edition.folder for name, edition in read_shelf(home).latest.items() if name.day <= day]
    try:
        return read_manifest(folders[-1]) if folders else None
    except InputError:  # a damaged edition cannot be compared with, and must not stop the next one
        return None


def find_lost_kpis(before: Manifest, now: Manifest, *, with_files: bool = True) -> tuple[Loss, ...]:
    """The KPIs that an edition had rows of and the next one does not have, in alphabetical order; `with_files`: the
    cause names the files that gave them."""
    gone = [
        kpi for kpi, record in before.kpis.items() if record.rows and (kpi not in now.kpis or not now.kpis[kpi].rows)
    ]
    library = load_library()
    titles = {kpi: library[kpi].title if kpi in library else kpi for kpi in gone}
    return tuple(
        Loss(kpi, titles[kpi], cause_of(kpi, library.get(kpi), before, now, with_files=with_files))
        for kpi in sorted(gone)
    )


def cause_of(kpi: str, definition: Definition | None, before: Manifest, now: Manifest, *, with_files: bool) -> str:
    """Why a KPI is not given any more."""
    files, still = _files_by_table(before), _files_by_table(now)
    lost = [table for table in (kpi, *(definition.sources if definition else ())) if table in files.keys() - still]
    if lost:
        names = dict.fromkeys(name for table in lost for name in files[table])
        gave = f" ({' and '.join(list(names)[:FILES_NAMED])} did)" if with_files and names else ""
        what = "ready extract" if lost == [kpi] else "source"
        tables = "" if lost == [kpi] else f" {' or '.join(lost)}"
        return f"no {what} gives{tables or ' it'} any more{gave}"
    if definition is None:
        return "its definition is not in the library any more"
    needs = now.missing.get(kpi, ())
    return f"it needs {' and '.join(needs)}" if needs else "its sources have no row that gives it a figure"


def _files_by_table(manifest: Manifest) -> Mapping[str, tuple[str, ...]]:
    files: dict[str, tuple[str, ...]] = {}
    for source in manifest.sources:
        files[source.table] = (*files.get(source.table, ()), *([PurePath(source.file).name] if source.file else []))
    return files


def told_losses(before: Manifest, now: Manifest) -> Iterator[str]:
    """A sentence for each cause with the KPIs that went by it, and for each format whose tables others still give."""
    by_cause: dict[str, list[Loss]] = {}
    for loss in find_lost_kpis(before, now):
        by_cause.setdefault(loss.cause, []).append(loss)
    for cause, lost in by_cause.items():
        yield printable(f"{', '.join(f'{loss.title} ({loss.kpi})' for loss in lost)}: {cause}")
    still = {record.source for record in now.sources}
    for source, title in {record.source: record.title for record in before.sources if record.source}.items():
        tables = {record.table for record in before.sources if record.source == source}
        if source not in still and tables <= _files_by_table(now).keys():
            yield f"{title}: nothing of this format is read any more; other sources give its tables"
