"""What is kept, read and written: the newest version of each entry, its history, and a further version."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, Row, Select, and_, func, insert, inspect, select
from sqlalchemy.exc import IntegrityError

from improvement_board.declared.toml import problems_of
from improvement_board.errors import InputError, Problem
from improvement_board.ledger.kinds import KINDS, Kept, KindName
from improvement_board.ledger.opening import LedgerDatabase
from improvement_board.ledger.tables import ENTRIES, VERSIONS


@dataclass(frozen=True)
class Writer:
    """Who writes, in which role."""

    name: str
    role: str


@dataclass(frozen=True)
class Version:
    """An entry as it stood from a time on: `number` counts its versions from 1. `is_withdrawn`: taken back, and still
    in the history."""

    entry: str
    kind: KindName
    number: int
    at: dt.datetime
    who: str
    role: str
    is_withdrawn: bool
    body: Kept


class StaleVersionError(InputError):
    """Somebody else changed the entry since it was read: nothing was written. `theirs` is the newest version."""

    def __init__(self, theirs: Version) -> None:
        self.theirs = theirs
        when = theirs.at.strftime("%H:%M on %-d %B %Y")
        super().__init__(Problem(theirs.kind, f"was changed by {theirs.who} at {when}: yours is not saved"))


@dataclass(frozen=True)
class Ledger:
    """The ledger at its database. Nothing is there yet where the database has no schema."""

    database: LedgerDatabase

    def current(self, *kinds: KindName) -> list[Version]:
        """The newest version of each entry that was not withdrawn, in the order in which they were begun; of some kinds
        alone where any are named. Raises LedgerError."""
        newest = (
            select(VERSIONS.c.entry, func.max(VERSIONS.c.number).label("number")).group_by(VERSIONS.c.entry).subquery()
        )
        is_newest = and_(VERSIONS.c.entry == newest.c.entry, VERSIONS.c.number == newest.c.number)
        begun = select(VERSIONS.c.entry, VERSIONS.c.at).where(VERSIONS.c.number == 1).subquery()
        asked = _versions().join(newest, is_newest).join(begun, begun.c.entry == VERSIONS.c.entry)
        asked = asked.where(~VERSIONS.c.is_withdrawn).order_by(begun.c.at, VERSIONS.c.entry)
        return self._read(asked.where(ENTRIES.c.kind.in_(kinds)) if kinds else asked)

    def history(self, entry: str) -> list[Version]:
        """Every version of an entry, the oldest first; none of one that there is not. Raises LedgerError."""
        return self._read(_versions().where(VERSIONS.c.entry == entry).order_by(VERSIONS.c.number))

    def every(self) -> list[Version]:
        """Every version of every entry, as they were written. Raises LedgerError."""
        return self._read(_versions().order_by(VERSIONS.c.at, VERSIONS.c.entry, VERSIONS.c.number))

    def begin(self, kind: KindName, held: Mapping[str, Any], writer: Writer) -> Version:
        """Keep a new entry. Raises InputError naming each value that its kind does not allow, LedgerError."""
        body = read_body(kind, held)
        with self.database.writing() as connection:
            entry = uuid.uuid4().hex
            connection.execute(insert(ENTRIES).values(id=entry, kind=kind))
            return _add(connection, entry, kind, 1, body, writer)

    def change(self, seen: Version, held: Mapping[str, Any], writer: Writer, *, is_withdrawn: bool = False) -> Version:
        """Keep a further version of an entry that was read as `seen`. Raises StaleVersionError where there is a newer
        one, InputError naming each value that its kind does not allow, LedgerError."""
        body = read_body(seen.kind, held)
        try:
            with self.database.writing() as connection:
                theirs = _newest(connection, seen.entry)
                if theirs is not None and theirs.number != seen.number:
                    raise StaleVersionError(theirs)
                number = seen.number + 1
                return _add(connection, seen.entry, seen.kind, number, body, writer, is_withdrawn=is_withdrawn)
        except InputError as error:
            if isinstance(error.__cause__, IntegrityError):  # two at once, where the database lets both begin
                raise StaleVersionError(self.history(seen.entry)[-1]) from error
            raise

    def withdraw(self, seen: Version, writer: Writer) -> Version:
        """Take an entry back, which stays in the history. Raises as `change`."""
        return self.change(seen, seen.body.model_dump(), writer, is_withdrawn=True)

    def _read(self, asked: Select[Any]) -> list[Version]:
        if not self.database.is_there:
            return []
        with self.database.reading() as connection:
            if not inspect(connection).has_table(VERSIONS.name):
                return []
            return [_version(row) for row in connection.execute(asked)]


def read_body(kind: KindName, held: Mapping[str, Any]) -> Kept:
    """What is held as the model of its kind. Raises InputError naming each value that is not allowed."""
    try:
        return KINDS[kind].model_validate(held)
    except ValidationError as error:
        raise InputError(problems_of(error, kind)) from error


def changed_fields(before: Version, after: Version) -> list[tuple[str, Any, Any]]:
    """What differs between two versions of an entry: each field, what it held and what it holds."""
    old, new = before.body.model_dump(), after.body.model_dump()
    return [(name, old[name], value) for name, value in new.items() if old[name] != value]


def _versions() -> Select[Any]:
    return select(VERSIONS, ENTRIES.c.kind).join(ENTRIES, ENTRIES.c.id == VERSIONS.c.entry)


def _newest(connection: Connection, entry: str) -> Version | None:
    asked = _versions().where(VERSIONS.c.entry == entry).order_by(VERSIONS.c.number.desc()).limit(1)
    row = connection.execute(asked).first()
    return _version(row) if row else None


def _add(
    connection: Connection,
    entry: str,
    kind: KindName,
    number: int,
    body: Kept,
    writer: Writer,
    *,
    is_withdrawn: bool = False,
) -> Version:
    at = dt.datetime.now(dt.UTC)
    row = {"entry": entry, "number": number, "at": at.isoformat(timespec="microseconds"), "is_withdrawn": is_withdrawn}
    text = json.dumps(body.model_dump(mode="json"), ensure_ascii=False)
    connection.execute(insert(VERSIONS).values(**row, who=writer.name, role=writer.role, body=text))
    return Version(entry, kind, number, at, writer.name, writer.role, is_withdrawn, body)


def _version(row: Row[Any]) -> Version:
    held = row._mapping
    return Version(
        held["entry"],
        held["kind"],
        held["number"],
        dt.datetime.fromisoformat(held["at"]),
        held["who"],
        held["role"],
        held["is_withdrawn"],
        KINDS[held["kind"]].model_validate_json(held["body"]),
    )
