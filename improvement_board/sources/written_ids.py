"""Tables as files: the same id in one writing in all of them, and the one that the returns beside them have.

The declared references (`queries/checks/declared.toml`) say which columns hold the same ids. Where one is written in
several ways (001000, 1000, 1000.0; ab1, AB1), a table that writes it otherwise is written anew. Rows that differ in
nothing but such an id are different rows of their file: these ids are kept apart, as they are written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

import duckdb
import pyarrow as pa
from pyarrow import parquet

from improvement_board.declared.checks import DeclaredColumn, declared_column, read_declarations
from improvement_board.declared.tables import declared_tables
from improvement_board.errors import Problem
from improvement_board.records.identifiers import canonical, is_cut
from improvement_board.sources.findings import Finding, Findings
from improvement_board.sources.identities import Identities, Writings
from improvement_board.sources.merge import declared_names, read_declared
from improvement_board.sources.staging import PLACE_NAMES
from improvement_board.sql.quote import quoted
from improvement_board.sql.session import scratch

TABULAR = ("ssd", "local")
CHILD, WORKER = "ssd_person.pers_person_id", "ssd_professionals.prof_professional_id"
NAMES = frozenset({"organisations.organisation"})  # references by name, not by an id
REGISTERED = frozenset({"prof_professional_id", "prof_social_worker_registration_no"})
BORN = {"ssd_person": "pers_dob"}
IN_RETURNS = (  # where returns have the workers' registration numbers
    ("csww_census", "workforce", "professional_id"),
    ("ssda903", "ssd_involvements", "invo_professional_id"),
)
ALIKE = (  # the same for all writings of an id, and for some others
    "ltrim(regexp_replace(upper(strip_accents(regexp_replace(id, '[.]0*$', ''))), '[^A-Z0-9]', '', 'g'), '0')"
)
NUMBER_IN_WORDS = "'^[0-9][.,]?[0-9]*[eE][+]?[0-9]+$'"
Staged = MutableMapping[str, dict[str, Path]]


@dataclass(frozen=True)
class Held:
    """A column that holds ids, in the table of one source, and the ids that it has."""

    source: str
    of: DeclaredColumn
    ids: frozenset[str]

    @property
    def name(self) -> str:
        """The table, for people."""
        return self.of.table.name


def unify(staged: Staged, folder: Path, identities: Identities, findings: Findings) -> None:
    """Write the tables anew, into `folder`, that write ids otherwise than other tables and returns do.

    `staged` (table to source to Parquet file) then has the new files.
    """
    changed: dict[tuple[str, str], dict[str, dict[str, str]]] = defaultdict(dict)
    with scratch() as connection:
        for owner, columns in read_declarations()["references"].items():
            places = list(_places((owner, *columns), staged))
            of = {CHILD: identities.children, WORKER: identities.workers}.get(owner)
            if (
                owner in NAMES
                or not places
                or (of is None and all(held_ids.text != owner for _, held_ids, _ in places))
            ):
                continue
            own = of or Writings(f"rows of {owner.partition('.')[0]}")
            if own.taken or _may_meet(connection, places):
                held = [held_ids for held_ids in _held(connection, places) if held_ids.ids]
                for finding in _cut(held):
                    findings.add(finding)
                for held_ids, mapping in _settled(connection, own, held, owner, staged):
                    changed[held_ids.source, held_ids.name][held_ids.of.column.name] = mapping
                for finding in own.findings() if of is None else ():
                    findings.add(finding)
            if of is not None:
                _note_sources(connection, own, places)
            if owner == WORKER and own.taken:
                _settle_registered(connection, own, staged, changed)
        for (source, table), mappings in changed.items():
            staged[table][source] = _rewritten(connection, table, staged[table][source], source, mappings, folder)


def _places(texts: Sequence[str], staged: Staged) -> Iterator[tuple[str, DeclaredColumn, Path]]:
    """The columns that hold the same ids, with source and file."""
    for text in texts:
        of = declared_column(text)
        for source, file in staged.get(of.table.name, {}).items():
            if source in TABULAR and of.column.name in parquet.read_schema(file).names:
                yield source, of, file


def _ids(connection: duckdb.DuckDBPyConnection, of: DeclaredColumn, file: Path) -> duckdb.DuckDBPyRelation:
    """The ids of a column, each once."""
    name = quoted(of.column.name)
    return connection.read_parquet(str(file)).filter(f"{name} is not null").project(f"{name} as id").distinct()


def _all_ids(
    connection: duckdb.DuckDBPyConnection, places: Sequence[tuple[str, DeclaredColumn, Path]]
) -> duckdb.DuckDBPyRelation:
    first, *others = (_ids(connection, of, file) for _, of, file in places)
    return reduce(duckdb.DuckDBPyRelation.union, others, first).distinct()


def _may_meet(connection: duckdb.DuckDBPyConnection, places: Sequence[tuple[str, DeclaredColumn, Path]]) -> bool:
    """Whether two of the ids may be writings of one, or some are cut: a look that is quick, and rather says yes."""
    counted = f"count(*), count(distinct {ALIKE}), count(*) filter (regexp_matches(id, {NUMBER_IN_WORDS}))"
    ids, alike, in_words = _all_ids(connection, places).aggregate(counted).fetchall()[0]
    return bool(alike < ids or in_words)


def _note_sources(
    connection: duckdb.DuckDBPyConnection, own: Writings, places: Sequence[tuple[str, DeclaredColumn, Path]]
) -> None:
    """Note the ids that each source has, as they are taken."""
    for source in {source for source, _, _ in places}:
        ids = _all_ids(connection, [column for column in places if column[0] == source]).fetchall()
        own.by_source[source] = {own.taken.get(written, written) for (written,) in ids}


def _held(connection: duckdb.DuckDBPyConnection, places: Sequence[tuple[str, DeclaredColumn, Path]]) -> Iterator[Held]:
    for source, of, file in places:
        yield Held(source, of, frozenset(written for (written,) in _ids(connection, of, file).fetchall()))


def _cut(held: Sequence[Held]) -> Iterator[Finding]:
    for held_ids in held:
        cut = sorted(written for written in held_ids.ids if is_cut(written))
        if cut:
            message = f"{len(cut):,} ids have lost their last digits in Excel"
            problem = Problem(
                held_ids.name, message, column=held_ids.of.column.name, value=cut[0], allowed="ids saved as text"
            )
            yield Finding("identifier-cut", "stop", problem, held_ids.name)


def _settled(
    connection: duckdb.DuckDBPyConnection, own: Writings, held: Sequence[Held], owner: str, staged: Staged
) -> Iterator[tuple[Held, dict[str, str]]]:
    """Each column whose ids are to be written otherwise, and how."""
    several = _several(held)
    for held_ids in held if several else ():
        if held_ids.of.column.name in held_ids.of.table.key:
            for written, other in _apart(connection, held_ids, several, staged[held_ids.name][held_ids.source]):
                own.keep_apart(written, other)
    every = sorted(
        (held_ids.of.text != owner, canonical(written) != written, written, held_ids.name)
        for held_ids in held
        for written in held_ids.ids
    )
    for _, _, written, table in every:
        own.take(written, table)
    for held_ids in held:
        mapping = {written: own.taken[written] for written in held_ids.ids if own.taken[written] != written}
        if mapping:
            yield held_ids, mapping


def _registered(connection: duckdb.DuckDBPyConnection, own: Writings, staged: Staged) -> dict[str, str]:
    """The council's id of each worker whom returns have under the number of registration with Social Work England."""
    registered: dict[str, str] = {}
    for source, file in staged.get("ssd_professionals", {}).items():
        read = connection.read_parquet(str(file))
        if source not in TABULAR or not set(read.columns) >= REGISTERED:
            continue
        rows = read.select(*sorted(REGISTERED)).distinct().order("all").fetchall()
        for worker, number in rows:
            known = own.known(number) if worker and number else None
            if known and known != own.taken[worker]:
                registered.setdefault(known, own.taken[worker])
    return registered


def _settle_registered(
    connection: duckdb.DuckDBPyConnection,
    own: Writings,
    staged: Staged,
    changed: dict[tuple[str, str], dict[str, dict[str, str]]],
) -> None:
    """Give workers whom returns have under their number of registration the council's own ids."""
    names = _registered(connection, own, staged)
    own.rename_all(names)
    for source, table, column in IN_RETURNS if names else ():
        if source in staged.get(table, {}):
            changed[source, table][column] = names


def _several(held: Sequence[Held]) -> dict[str, str]:
    """What writings have in common (see `canonical`), of those ids that have several."""
    by_same: dict[str, set[str]] = defaultdict(set)
    for held_ids in held:
        for written in held_ids.ids:
            by_same[canonical(written)].add(written)
    return {written: same for same, writings in by_same.items() if len(writings) > 1 for written in writings}


def _apart(
    connection: duckdb.DuckDBPyConnection, held_ids: Held, several: Mapping[str, str], file: Path
) -> Iterator[tuple[str, str]]:
    """Writings of one file in rows with the same key but for them; children born on one day are one."""
    known = {written: same for written, same in several.items() if written in held_ids.ids}
    if len(set(known.values())) == len(known):
        return
    ids = connection.from_arrow(pa.table({"written": list(known), "same": list(known.values())}))
    column, table = quoted(held_ids.of.column.name), held_ids.of.table
    born = BORN.get(table.name)
    read = read_declared(connection, table, file, held_ids.source)
    rows = read.set_alias("rows").join(ids.set_alias("ids"), f"rows.{column} = ids.written")
    others = ", ".join(quoted(name) for name in table.key if name != held_ids.of.column.name)
    group = f"_file, same{', ' + others if others else ''}"
    is_other = f"count(distinct {quoted(born)}) <> 1 or count({quoted(born)}) < count(*)" if born else "true"
    counted = f"list(distinct written order by written) as writings, {is_other} as is_other"
    different = rows.aggregate(counted, group).filter("len(writings) > 1 and is_other")
    for (writings,) in different.project("writings").distinct().fetchall():
        yield from zip(writings, (*writings[1:], writings[0]), strict=True)


def _rewritten(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    file: Path,
    source: str,
    mappings: Mapping[str, Mapping[str, str]],
    folder: Path,
) -> Path:
    """The table with its ids in the writing that is taken, its rows in their order."""
    rows = read_declared(connection, declared_tables()[table], file, source, numbered=True)
    for column, mapping in mappings.items():
        ids = connection.from_arrow(pa.table({"written": list(mapping), "taken": list(mapping.values())}))
        others = ", ".join(f"rows.{quoted(name)}" for name in rows.columns if name != column)
        joined = rows.set_alias("rows").join(ids.set_alias("ids"), f"rows.{quoted(column)} = ids.written", "left")
        rows = joined.project(f"coalesce(ids.taken, rows.{quoted(column)}) as {quoted(column)}, {others}")
    folder.mkdir(parents=True, exist_ok=True)
    written = folder / f"{source} {table}.parquet"
    columns = ", ".join(quoted(name) for name in (*declared_names(table), *PLACE_NAMES))
    rows.order("_number").project(columns).write_parquet(str(written), compression="zstd")
    return written
