"""The key of a home's pseudonyms beside the editions that used one: the same, or none is made.

Each manifest keeps a fingerprint of the key, which does not give the key away. Editions of earlier versions keep none:
that they used a key shows in their workers' pseudonyms.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

import duckdb
from pyarrow import parquet

from improvement_board.declared.home import Home
from improvement_board.editions.manifest import Manifest, read_manifest
from improvement_board.editions.shelf import read_shelf
from improvement_board.errors import InputError, Problem
from improvement_board.records.pseudonyms import worker_key
from improvement_board.sql.session import scratch

DIGITS = 16
IS_PSEUDONYM = "regexp_matches(worker, '^w-[0-9a-f]{12}$')"
WHAT_TO_DO = (
    "the worker.key of those editions, from a safe copy; where it is lost for good, a new data home, in which no "
    "worker's history goes on"
)


def fingerprint(key: bytes) -> str:
    """What a manifest keeps of a key: the same for the same key, and nothing that leads back to it."""
    return hashlib.sha256(b"worker.key of an improvement board: " + key).hexdigest()[:DIGITS]


def key_of_home(home: Home) -> bytes:
    """The key of the pseudonyms of the next edition, made where no edition has used one yet.

    Raises InputError where the home's editions used a key, and it is missing or another.
    """
    used = {
        edition.folder: manifest
        for edition in read_shelf(home).finished.values()
        if (manifest := _read_manifest_or_none(edition.folder))
    }
    if not home.worker_key.exists():
        with_key = [folder.name for folder, manifest in used.items() if _used_a_key(folder, manifest)]
        if with_key:
            message = f"is missing, and the workers of {', '.join(with_key)} stand under pseudonyms made with it"
            raise InputError(Problem(home.worker_key, message, allowed=WHAT_TO_DO))
    key = worker_key(home)
    others = [folder.name for folder, record in used.items() if record.worker_key not in ("", fingerprint(key))]
    if others:
        message = f"is another key than that of {', '.join(others)}: every worker would get another pseudonym"
        raise InputError(Problem(home.worker_key, message, allowed=WHAT_TO_DO))
    return key


def known_pseudonyms(home: Home) -> frozenset[str]:
    """The workers that the editions of a home have. A damaged extract, which is said where it is opened, has none."""
    published = (file for file in home.editions.glob("*/*.parquet") if not file.parent.name.startswith("."))
    files = [str(file) for file in published if _has_workers(file)]
    if not files:
        return frozenset()
    with scratch() as connection:
        try:
            return _read_workers(connection, files)
        except duckdb.Error:
            workers: frozenset[str] = frozenset()
            for file in files:
                with suppress(duckdb.Error):
                    workers |= _read_workers(connection, [file])
            return workers


def _read_workers(connection: duckdb.DuckDBPyConnection, files: list[str]) -> frozenset[str]:
    read = connection.read_parquet(files, union_by_name=True).filter("worker is not null")
    return frozenset(worker for (worker,) in read.project("worker").distinct().fetchall())


def _has_workers(file: Path) -> bool:
    """Whether an extract names workers. One that is damaged names none."""
    try:
        return "worker" in parquet.read_schema(file).names
    except (OSError, ValueError):
        return False


def _read_manifest_or_none(folder: Path) -> Manifest | None:
    with suppress(InputError):  # said where the edition is opened
        return read_manifest(folder)
    return None


def _used_a_key(folder: Path, manifest: Manifest) -> bool:
    if manifest.worker_key or manifest.made_from is not None:
        return bool(manifest.worker_key)
    files = [str(file) for kpi in manifest.kpis if (file := folder / f"{kpi}.parquet").is_file()]
    with scratch() as connection, suppress(duckdb.Error):  # a damaged extract is said where it is opened
        return any(connection.read_parquet(file).filter(IS_PSEUDONYM).limit(1).fetchall() for file in files)
    return False
