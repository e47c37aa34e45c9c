"""Ledgers of both engines: a file of SQLite, and a database of a PostgreSQL server that the tests start themselves."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from improvement_board.ledger import Ledger, open_ledger

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))  # Debian's, which are in no path
SERVER_USER = "postgres"  # the server refuses to run as root


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server's databases, up to their names."""
    if not PROGRAMS:
        pytest.skip("PostgreSQL's server is not installed (Debian: postgresql)")
    as_root = os.geteuid() == 0
    prefix = ["runuser", "-u", SERVER_USER, "--"] if as_root else []
    folder = Path(f"/tmp/ib-{uuid.uuid4().hex[:8]}")
    folder.mkdir()
    if as_root:
        owner = pwd.getpwnam(SERVER_USER)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    run = {"check": True, "capture_output": True, "cwd": folder}
    subprocess.run([*prefix, PROGRAMS[-1] / "initdb", "-D", folder / "db", "-A", "trust", "-U", "board"], **run)
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    control = [*prefix, PROGRAMS[-1] / "pg_ctl", "-D", folder / "db"]
    subprocess.run([*control, "-w", "-l", folder / "log", "-o", options, "start"], **run)
    yield f"postgresql://board@127.0.0.1:{port}/"
    subprocess.run([*control, "-m", "immediate", "stop"], **run)
    shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty ledger."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    server: str = request.getfixturevalue("postgresql")
    name = f"ledger_{uuid.uuid4().hex[:12]}"
    maintenance = f"{server}postgres".replace("postgresql:", "postgresql+psycopg:")
    engine = create_engine(maintenance, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"create database {name}"))
    engine.dispose()
    return f"{server}{name}"


@pytest.fixture
def ledger(address: str) -> Iterator[Ledger]:
    """An empty ledger."""
    made = Ledger(open_ledger(address))
    yield made
    made.database.engine.dispose()
