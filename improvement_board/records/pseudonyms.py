"""Workers in editions: pseudonyms made by a keyed hash, with a key that stays in the council's data home.

HMAC-SHA-256 of the worker's id, its first twelve hexadecimal digits after "w-". Who lacks the key cannot tell whose
they are, not even by trying every staff number; the same worker has the same pseudonym in every edition of a home, also
where a later file writes the id in another way.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from improvement_board.declared.home import Home
from improvement_board.errors import InputError, Problem
from improvement_board.records.identifiers import writings

KEY_BYTES = 32
DIGITS = 12


def worker_key(home: Home) -> bytes:
    """The key of a data home, made at its first use and readable by its owner alone.

    Raises InputError where the file is not a key: it is never replaced, as every pseudonym would change.
    """
    file = home.worker_key
    if not file.exists():
        _make(file)
    text = file.read_text(encoding="ascii", errors="replace").strip()
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) < KEY_BYTES:
        allowed = f"{2 * KEY_BYTES} hexadecimal digits: take it back from a safe copy"
        raise InputError(Problem(file, "is not a key for workers' pseudonyms", allowed=allowed))
    return key


def _make(file: Path) -> None:
    """Write a new key, unless another process has just done so."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(secrets.token_hex(KEY_BYTES) + "\n")


def pseudonym(worker: str, key: bytes) -> str:
    """The pseudonym of a worker's id, such as w-3f9a1c0b7d22."""
    return f"w-{hmac.new(key, worker.encode(), hashlib.sha256).hexdigest()[:DIGITS]}"


def assign_pseudonyms(workers: Iterable[str], key: bytes, known: Set[str] = frozenset()) -> dict[str, str]:
    """The pseudonym of each id: of those `known` from earlier editions the one that another writing of the id has.

    Raises InputError in the all but impossible case that two workers share one.
    """
    by_worker = {worker: pseudonym(worker, key) for worker in workers}
    taken = set(by_worker.values())
    for worker in [worker for worker, own in by_worker.items() if known and own not in known]:
        kept = next(
            (writing for writing in _of_writings(worker, key) if writing in known and writing not in taken), None
        )
        if kept:
            by_worker[worker] = kept
            taken.add(kept)
    if len(set(by_worker.values())) < len(by_worker):
        raise InputError(Problem(None, "two workers have the same pseudonym", allowed="another key"))
    return by_worker


def _of_writings(worker: str, key: bytes) -> Iterator[str]:
    return (pseudonym(written, key) for written in writings(worker))


@dataclass(frozen=True)
class Concealment:
    """The key of a home, and the pseudonyms that its editions have."""

    key: bytes
    known: frozenset[str] = frozenset()


def conceal_workers(cursor: duckdb.DuckDBPyConnection, extract: str, by: Concealment) -> duckdb.DuckDBPyRelation:
    """The rows of a computed extract (a table of the cursor's) with pseudonyms in place of the workers' ids."""
    rows = cursor.table(extract)
    ids = [worker for (worker,) in rows.filter("worker is not null").project("worker").distinct().fetchall()]
    if not ids:
        return rows
    named = assign_pseudonyms(sorted(ids), by.key, by.known)
    known = cursor.from_arrow(pa.table({"worker": list(named), "pseudonym": list(named.values())}))
    columns = ("named.pseudonym as worker" if column == "worker" else f'extract."{column}"' for column in rows.columns)
    joined = rows.set_alias("extract").join(known.set_alias("named"), "extract.worker = named.worker", "left")
    return joined.project(", ".join(columns))
