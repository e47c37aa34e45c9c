"""Whether sources, and the returns of following years, have the same children and workers under the same ids.

Two of the same time that have hardly an id in common would be counted as different people, each event twice: a stop.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path

from improvement_board.declared.tables import declared_tables
from improvement_board.errors import Problem
from improvement_board.sources.findings import Finding
from improvement_board.sources.identities import Identities, Writings
from improvement_board.sql.quote import quoted
from improvement_board.sql.session import scratch

FEWEST, FEWEST_IN_COMMON = 20, 0.01
DAYS_OF_A_RETURN = {"annex_a": 183}  # what its lists go back to; the others are of a year
TABLES = {"ssd": "Standard Safeguarding Dataset", "local": "local tables"}
YEAR, DAYS_BETWEEN_RETURNS = 365, 400
NAMED_WORKERS = frozenset({"annex_a"})  # it has names of workers, where the others have ids
WAY_OUT = "the same ids in both, or ids_meet = false in sources.toml where they are known to differ"


@dataclass(frozen=True)
class SourceIds:
    """The ids of the files of one source that speak of one day, and the days that they cover."""

    source: str
    file: str
    ids: frozenset[str]
    first: dt.date
    last: dt.date

    def overlaps(self, other: SourceIds) -> bool:
        """Whether both cover a day."""
        return self.first <= other.last and other.first <= self.last


def find_strangers(
    identities: Identities,
    dates: Mapping[str, dt.date],
    formats: Mapping[str, str],
    staged: Mapping[str, Mapping[str, Path]],
) -> Iterator[Finding]:
    """A stop for each two that should have children or workers in common and have not.

    `dates` and `formats` by file; `staged` are the tables by source.
    """
    for people in (identities.children, identities.workers):
        groups = list(_groups(people, dates, formats, staged))
        if people is identities.workers:
            groups = [group for group in groups if group.source not in NAMED_WORKERS]
        by_source: dict[str, list[SourceIds]] = defaultdict(list)
        for group in groups:
            by_source[group.source].append(group)
        for source_groups, other in combinations(by_source.values(), 2):
            yield from _of_two(people.of, _met(source_groups, other), _met(other, source_groups))
        if people is identities.children:
            for own in by_source.values():
                yield from _of_years(people.of, own)


def _groups(
    people: Writings,
    dates: Mapping[str, dt.date],
    formats: Mapping[str, str],
    staged: Mapping[str, Mapping[str, Path]],
) -> Iterator[SourceIds]:
    by_file_and_day: dict[tuple[str, dt.date], tuple[str, set[str]]] = {}
    for file, ids in people.by_file.items():
        if file in formats and file in dates:
            by_file_and_day.setdefault((formats[file], dates[file]), (file, set()))[1].update(ids)
    for (source, day), (file, ids) in by_file_and_day.items():
        first = day - dt.timedelta(days=DAYS_OF_A_RETURN.get(source, YEAR))
        yield SourceIds(source, file, frozenset(ids), first + dt.timedelta(days=1), day)
    for source, ids in people.by_source.items():
        others = [file[1] for key, file in by_file_and_day.items() if key[0] != source]
        others += [other for name, other in people.by_source.items() if name != source]
        if any(_hardly_meet(ids, other) for other in others) and (span := _span(source, staged)):
            yield SourceIds(source, TABLES[source], frozenset(ids), *span)


def _span(source: str, staged: Mapping[str, Mapping[str, Path]]) -> tuple[dt.date, dt.date] | None:
    """The first and the last day of the rows of a source."""
    days: list[dt.date] = []
    with scratch() as connection:
        for table, files in staged.items():
            dated_by, file = declared_tables()[table].dated_by, files.get(source)
            read = connection.read_parquet(str(file)) if file else None
            if read is None or dated_by not in read.columns:
                continue
            day = quoted(dated_by or "")
            spans = read.aggregate(f"cast(min({day}) as date), cast(max({day}) as date)").fetchall()
            days += [end for span in spans for end in span if end]
    return (min(days), max(days)) if days else None


def _met(own: Sequence[SourceIds], others: Sequence[SourceIds]) -> list[SourceIds]:
    """The groups that cover a day of another's."""
    return [group for group in own if any(group.overlaps(other) for other in others)]


def _of_years(of: str, own: Sequence[SourceIds]) -> Iterator[Finding]:
    for earlier, later in pairwise(sorted(own, key=lambda group: group.last)):
        if (later.last - earlier.last).days <= DAYS_BETWEEN_RETURNS:
            yield from _of_two(of, [later], [earlier])


def _hardly_meet(ids: Set[str], other: Set[str]) -> bool:
    fewest = min(len(ids), len(other))
    return fewest >= FEWEST and len(ids & other) < max(FEWEST_IN_COMMON * fewest, 1)


def _of_two(of: str, own: Sequence[SourceIds], other: Sequence[SourceIds]) -> Iterator[Finding]:
    mine, others = (frozenset[str]().union(*(group.ids for group in groups)) for groups in (own, other))
    if not _hardly_meet(mine, others):
        return
    examples = ", ".join(sorted(others - mine)[:3])
    message = (
        f"its {len(mine):,} ids of {of}, such as {', '.join(sorted(mine - others)[:3])}, are not those of"
        f" {Path(other[0].file).name} ({len(others):,}, such as {examples}), which is of the same time:"
        f" the same {of} would be counted twice"
    )
    yield Finding("ids-do-not-meet", "stop", Problem(own[0].file, message, allowed=WAY_OUT))
