"""A ledger as one file that any engine takes back: every version, a line of JSON each, compressed.

The first line says what it is, the last how many lines there were: a file that was cut off is not taken.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select

from improvement_board.errors import InputError, Problem
from improvement_board.ledger.kinds import KINDS
from improvement_board.ledger.ledger import Ledger, Version, read_body
from improvement_board.ledger.tables import ENTRIES, VERSIONS

FORMAT = {"improvement-board ledger": 1}
FIELDS = ("entry", "kind", "number", "at", "who", "role", "is_withdrawn", "body")


def write_backup(ledger: Ledger, file: Path) -> int:
    """Write every version of a ledger into a file; how many there are. The file is whole or not there.

    Raises InputError where it is there already, LedgerError where the ledger cannot be read, OSError where the file
    cannot be written.
    """
    if file.exists():
        raise InputError(Problem(file, "is there already", allowed="the name of a new file"))
    versions = ledger.every()
    half = file.with_name(f"{file.name}.part")
    try:
        with gzip.open(half, "wt", encoding="utf-8") as written:
            for line in (FORMAT, *map(_line, versions), {"versions": len(versions)}):
                written.write(json.dumps(line, ensure_ascii=False) + "\n")
        os.replace(half, file)  # noqa: PTH105 - takes the place of nothing half-written
    finally:
        half.unlink(missing_ok=True)
    return len(versions)


def restore_backup(ledger: Ledger, file: Path) -> int:
    """Take every version of a file into an empty ledger, all or none; how many there are.

    Raises InputError for a file that is no backup, was cut off, or holds what no ledger could, and for a ledger that
    has entries already; LedgerError where it cannot be written.
    """
    rows = list(_read_backup(file))
    with ledger.database.writing() as connection:
        if connection.execute(select(func.count()).select_from(ENTRIES)).scalar():
            raise InputError(Problem(ledger.database.name, "has entries already", allowed="an empty ledger"))
        kinds = {row["entry"]: row["kind"] for row in rows}
        if kinds:
            connection.execute(insert(ENTRIES), [{"id": entry, "kind": kind} for entry, kind in kinds.items()])
            connection.execute(insert(VERSIONS), [{key: row[key] for key in row if key != "kind"} for row in rows])
    return len(rows)


def _line(version: Version) -> Mapping[str, Any]:
    held = {name: getattr(version, name) for name in FIELDS}
    at = version.at.isoformat(timespec="microseconds")
    return {**held, "at": at, "body": version.body.model_dump(mode="json")}


def _read_backup(file: Path) -> Iterator[dict[str, Any]]:
    """The rows of a backup, each checked as what is written by hand is."""
    try:
        with gzip.open(file, "rt", encoding="utf-8") as opened:
            lines = [json.loads(line) for line in opened]
    except (OSError, EOFError, ValueError) as error:
        raise InputError(Problem(file, f"cannot be read as a backup of a ledger: {error}")) from error
    if len(lines) < 2 or lines[0] != FORMAT or lines[-1] != {"versions": len(lines) - 2}:
        raise InputError(Problem(file, "is no whole backup of a ledger"))
    for number, line in enumerate(lines[1:-1], start=2):
        if not isinstance(line, dict) or set(line) != set(FIELDS) or line["kind"] not in KINDS:
            raise InputError(Problem(file, "is no version of an entry", row=number))
        try:
            body = read_body(line["kind"], line["body"])
        except InputError as error:
            raise InputError([Problem(file, str(problem), row=number) for problem in error.problems]) from error
        yield {**line, "body": body.model_dump_json()}
