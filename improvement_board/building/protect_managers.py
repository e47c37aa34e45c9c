"""What of an edition's protected publication the managers of some teams may see, `protected_managers.parquet`: worked
out at publishing, since only then it is known how many different children stand behind a figure. No role downloads it.

Columns: own_teams (the teams that the manager knows exactly, in order), kpi, level (service, category, team; changes
where what changed may be told), year_end (31 March), finest (month, quarter, year): members' figures of that year are
given by this kind of period and longer ones. What has no row is kept back. Teams of which there is no row at all were
not worked out: their managers see no protected figure but their own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from improvement_board.common.progress import Report, report_nothing
from improvement_board.declared.kpis import read_definition
from improvement_board.editions.file_names import PROTECTED_MANAGERS
from improvement_board.editions.manifest import EditionName
from improvement_board.editions.scope import Managed
from improvement_board.errors import InputError
from improvement_board.protection import (
    ChildRow,
    CountRow,
    MeasuredKpi,
    Protected,
    ProtectedRow,
    Settings,
    children_kpis,
    counts_of,
)
from improvement_board.protection.managers import EditionCounts, Own, Steps, count_publication, grain_of, rest_steps
from improvement_board.sql.session import scratch

COMPRESSION_LEVEL = 19
LATELY = dt.timedelta(days=366)
SCHEMA = pa.schema(
    [
        ("own_teams", pa.list_(pa.string())),
        ("kpi", pa.string()),
        ("level", pa.string()),
        ("year_end", pa.date32()),
        ("finest", pa.string()),
    ]
)


@dataclass(frozen=True)
class PublishedEdition:
    """The edition that is being published: its KPIs of children, their counts, its last day, its protected rows and the
    children behind them."""

    kpis: Sequence[MeasuredKpi]
    counts: Sequence[CountRow]
    edition: dt.date
    rows: Sequence[ProtectedRow]
    children: Sequence[ChildRow]


def write_managers(
    staging: Path,
    now: PublishedEdition,
    others: Sequence[tuple[Path, Protected]],
    settings: Settings,
    managed: Sequence[Managed] = (),
    progress: Report = report_nothing,
) -> None:
    """Work out and write what managers may see: of what `managed` names, or of every team with figures in the last year
    where it names nothing. Each takes seconds where much was restated.

    `others`: the folders of the other editions and what they gave to members. Where one of them cannot be read, what
    it gave is not known, and nothing is worked out.
    """
    services = _teams_of(staging)
    edition = count_publication(now.kpis, now.counts, now.edition, now.rows, now.children, teams=services)
    steps_of: dict[Own, Steps] = {}
    try:
        earlier = [_counted_again(folder, given) for folder, given in others]
    except (InputError, duckdb.Error):
        earlier, scopes = [], []
    else:
        scopes = list(dict.fromkeys(_scopes(staging, services, now.edition, managed)))
    for number, own in enumerate(scopes):
        progress("Protecting other teams from managers", number, len(scopes))
        steps_of[own] = rest_steps(edition, own, earlier, settings)
    _write(steps_of, staging / PROTECTED_MANAGERS)


def read_managers(folder: Path) -> Mapping[Own, Steps] | None:
    """What an edition gave to managers; None for one from before it was worked out."""
    file = folder / PROTECTED_MANAGERS
    if not file.is_file():
        return None
    steps_of: dict[Own, dict[tuple[str, str, dt.date], str]] = {}
    with scratch() as connection:
        rows = connection.read_parquet(str(file)).fetchall()
    for own, kpi, level, year_end, finest in rows:
        steps_of.setdefault(frozenset(own), {})[kpi, level, year_end] = finest
    return {own: {key: grain_of(finest) for key, finest in steps.items()} for own, steps in steps_of.items()}


def _teams_of(folder: Path) -> Mapping[str, str | None]:
    with scratch() as connection:
        return dict(connection.read_parquet(str(folder / "teams.parquet")).project("team, service").fetchall())


def _scopes(
    staging: Path, services: Mapping[str, str | None], edition: dt.date, managed: Collection[Managed]
) -> Iterator[Own]:
    """The sets of teams that somebody may manage, each in full, whether a service has closed teams or not."""
    if not managed:
        with scratch() as connection:
            teams = connection.read_parquet(str(staging / "teams.parquet"))
            lasts = teams.project("team, last_period_end").order("team").fetchall()
        yield from (frozenset({team}) for team, last in lasts if last > edition - LATELY)
    for each in managed:
        own = frozenset(team for team, service in services.items() if team in each.teams or service in each.services)
        if own:
            yield own


def _counted_again(folder: Path, given: Protected) -> EditionCounts:
    """The counts of another edition, from its folder."""
    files = sorted((folder / "definitions").glob("*.sql"))
    definitions = {file.stem: read_definition(file) for file in files}
    lasts = {row.kpi: row.period_end for row in given.rows if row.level == "service" and row.period == "month"}
    kpis = children_kpis(definitions, untils=lasts)
    name = EditionName.parse(folder.name)
    assert name is not None
    return count_publication(
        kpis, counts_of(folder, kpis), name.day, given.rows, teams=_teams_of(folder), managers=read_managers(folder)
    )


def _write(steps_of: Mapping[Own, Steps], file: Path) -> None:
    rows = [
        (sorted(own), *key, finest)
        for own, steps in sorted(steps_of.items(), key=lambda entry: sorted(entry[0]))
        for key, finest in sorted(steps.items())
    ]
    columns = {name: [row[number] for row in rows] for number, name in enumerate(SCHEMA.names)}
    with scratch() as connection:
        connection.from_arrow(pa.table(columns, SCHEMA)).create("managers")
        text = f"copy managers to $file (format parquet, compression zstd, compression_level {COMPRESSION_LEVEL})"
        connection.execute(text, {"file": str(file)})
