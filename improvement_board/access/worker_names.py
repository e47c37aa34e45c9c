"""Workers' names, from a file of the council's own that is never part of an edition: `worker_names.csv`: worker, name.

`worker` is the id as the sources have it, in whatever way it is written; it is turned into the pseudonym that editions
have. Only roles that may see names are shown them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Set
from pathlib import Path

from improvement_board.declared.home import Home
from improvement_board.errors import InputError, Problem
from improvement_board.records.identifiers import writings
from improvement_board.records.pseudonyms import pseudonym, worker_key

COLUMNS = ("worker", "name")
LONGEST = 100


def read_worker_names(home: Home, there: Set[str] = frozenset()) -> Mapping[str, str]:
    """Names by the worker as editions have it: by pseudonym where the home has a key, else by the id; none without a
    file. Workers that are `there` are found by another writing of their id too.

    Raises InputError naming line and column for a file that is wrong.
    """
    file = home.worker_names
    if not file.is_file():
        return {}
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            named = dict(_rows(csv.DictReader(opened), file))
    except UnicodeDecodeError as error:
        raise InputError(Problem(file, "is not UTF-8 text")) from error
    except csv.Error as error:
        raise InputError(Problem(file, f"cannot be read as CSV: {error}")) from error
    key = worker_key(home) if home.worker_key.exists() else None
    names = {pseudonym(worker, key) if key else worker: name for worker, name in named.items()}
    left = there - names.keys()
    for worker, name in named.items() if left else ():
        for written in writings(worker):
            shown = pseudonym(written, key) if key else written
            if shown in left:
                names.setdefault(shown, name)
    return names


def _rows(reader: csv.DictReader[str], file: Path) -> Iterator[tuple[str, str]]:
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise InputError(Problem(file, "the column is missing", column=missing[0], allowed=", ".join(COLUMNS)))
    seen: dict[str, int] = {}
    for row in reader:
        worker, name = ((row[column] or "").strip() for column in COLUMNS)
        if not worker and not name:
            continue
        if not worker or not name:
            raise InputError(
                Problem(file, "is empty", row=reader.line_num, column=COLUMNS[0] if not worker else COLUMNS[1])
            )
        if worker in seen:
            message = f"is there twice: on line {seen[worker]} too"
            raise InputError(Problem(file, message, row=reader.line_num, column="worker", value=worker))
        seen[worker] = reader.line_num
        yield worker, " ".join(name.split())[:LONGEST]
