"""Opening the ledger of a data home: a file of SQLite in it, or a PostgreSQL database that several servers share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from improvement_board.declared.home import Home
from improvement_board.errors import InputError, Problem
from improvement_board.ledger.migrations import is_known, migrate, newest_step, schema_step

URL_VARIABLE = "IMPROVEMENT_BOARD_LEDGER"
WAIT_SECONDS = 20  # for another who writes
WRITES = "writes"
ONE_AT_A_TIME = 4_815_162_342  # any number that no other program of the database takes
SAID = {  # what databases say, and what that means to a person
    "disk is full": "the disk is full",
    "No space left": "the disk is full",
    "readonly database": "it may not be written here",
    "read-only": "it may not be written here",
    "unable to open database file": "it cannot be opened or made here",
    "permission denied": "it may not be written here",
    "database is locked": f"somebody else has been writing for {WAIT_SECONDS} seconds: try again",
    "disk I/O error": "the disk does not take it",
    "malformed": "the file is damaged: restore the last backup",
    "file is not a database": "the file is no ledger",
    "connection": "the database cannot be reached",
}


class LedgerError(InputError):
    """The ledger could not be read or written; nothing that was not confirmed is in it."""


@dataclass(frozen=True)
class LedgerDatabase:
    """Where a ledger is: the engine that asks it, and its name for people, without any password."""

    engine: Engine
    name: str

    @property
    def is_there(self) -> bool:
        """Whether there is a database, which a first change makes where it is a file."""
        return self.engine.dialect.name != "sqlite" or Path(self.name).exists()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A look at one moment of the ledger. Raises LedgerError."""
        with self._saying("read"), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One change, kept whole or not at all; the ledger is made or brought to the newest schema first. Raises
        LedgerError."""
        writer = self.engine.execution_options(**{WRITES: True})
        with self._saying("written"), writer.begin() as connection:
            self._bring_up(connection)
            yield connection

    def _bring_up(self, connection: Connection) -> None:
        if self.engine.dialect.name == "postgresql":  # one server at a time; SQLite's writers wait anyway
            connection.execute(select(func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
        step = schema_step(connection)
        if step == newest_step():
            return
        if step is not None and not is_known(step):
            message = f"is of a newer version of the program (step {step}), which has to read it"
            raise LedgerError(Problem(self.name, message, allowed=f"up to step {newest_step()}"))
        migrate(connection)

    @contextmanager
    def _saying(self, what: str) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            said = str(error.orig) if isinstance(error, DBAPIError) else str(error)
            why = next((meaning for sign, meaning in SAID.items() if sign.lower() in said.lower()), "")
            raise LedgerError(Problem(self.name, f"cannot be {what}: {why or said.strip().splitlines()[0]}")) from error


def ledger_of(home: Home) -> LedgerDatabase:
    """Where the ledger of a home is: in the database that IMPROVEMENT_BOARD_LEDGER names, else in a file of the home.
    Raises LedgerError for an address that is none."""
    named = os.environ.get(URL_VARIABLE, "")
    return open_ledger(named) if named else open_ledger(f"sqlite:///{home.ledger}")


def open_ledger(url: str) -> LedgerDatabase:
    """Where the ledger of an address is. Raises LedgerError for an address that is none."""
    try:
        address = make_url(url)
        if address.drivername == "postgresql":
            address = address.set(drivername="postgresql+psycopg")
        options: dict[str, Any] = {"pool_pre_ping": True}
        if address.get_backend_name() == "sqlite":
            options = {"connect_args": {"timeout": WAIT_SECONDS}}
        engine = create_engine(address, **options)
    except (ArgumentError, ImportError) as error:
        raise LedgerError(Problem(URL_VARIABLE, f"is no address of a database: {error}")) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
    database = address.database or ""
    name = database if engine.dialect.name == "sqlite" else address.render_as_string(hide_password=True)
    return LedgerDatabase(engine, name)


def _set_up(connection: Any, _record: Any) -> None:
    """SQLite as the ledger needs it: what refers to nothing is refused, and what is confirmed is on the disk. Its usual
    journal, since the newer kind does not work on a network's drives, where councils keep homes."""
    connection.isolation_level = None  # transactions begin where SQLAlchemy says, schema changes within them
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma synchronous = full")


def _begin(connection: Connection) -> None:
    """A writer waits its turn at the beginning, so that it never has to give up what it read."""
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("begin immediate" if writes else "begin")
