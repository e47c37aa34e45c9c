"""The checks: read from `queries/checks/*.sql`, and those of a council's own from its data home.

One file is one check: TOML between `/*---` and `---*/`, then one DuckDB query that returns the rows of `table` that
fail, as `_id` (the row's number in the table; null where no single row is meant) and `value` (what is shown). With
`for_each` the file is a template: one check is made for each declaration of that kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from pydantic import Field

from improvement_board.checks.kinds import KINDS
from improvement_board.common.shipped import QUERIES, shipped_file
from improvement_board.declared.checks import Declaration
from improvement_board.declared.kpis import HEADER
from improvement_board.declared.tables import declared_tables
from improvement_board.declared.toml import Declared, as_model, parse_toml
from improvement_board.errors import InputError, Problem
from improvement_board.sources.findings import Severity
from improvement_board.sql.lazy_tables import words_of
from improvement_board.sql.quote import quoted

NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
PLACEHOLDER = re.compile(r"\$(\w+)")
KEPT_OUT = "kept_out"  # a check that reads it runs after those that keep rows out


class Header(Declared):
    """The keys of a check's header.

    `message` says of one value what is wrong with it, `advice` what to do about it; `doubt`: every figure of the table
    is in doubt while the check fails.
    """

    title: str = Field(min_length=1)
    severity: Severity
    message: str = Field(min_length=1)
    allowed: str = Field(min_length=1)
    advice: str = Field(min_length=1)
    table: str | None = None
    column: str | None = None
    for_each: str | None = None
    doubt: bool = False
    parameters: Mapping[str, bool | int | float | str] = Field(default_factory=dict)


@dataclass(frozen=True)
class Check:
    """One check of one table and, mostly, column.

    `parameters` are bound in `sql`, `reads` are the tables it needs, `is_doubt`: every figure of its table is in doubt
    while it fails, `is_own`: it is the council's.
    """

    name: str
    title: str
    severity: Severity
    table: str
    column: str | None
    message: str
    allowed: str
    advice: str
    sql: str
    file: Path
    parameters: Mapping[str, Any] = field(default_factory=dict)
    reads: frozenset[str] = frozenset()
    is_doubt: bool = False
    is_own: bool = False

    @property
    def is_last(self) -> bool:
        """Whether it asks which rows the other checks keep out."""
        return KEPT_OUT in words_of(self.sql)


def load_checks(own: Path | None = None) -> tuple[Check, ...]:
    """Every check of this installation and, after them, those in a council's own folder (if it is there).

    Raises InputError naming each file that is wrong; a council's check may not have the name of another.
    """
    if own is None or not own.is_dir():
        return _load(shipped_file(QUERIES / "checks"))
    checks = _load(shipped_file(QUERIES / "checks"))
    taken = {check.name for check in checks}
    problems = [
        Problem(file, "has the name of a check of the dashboard's: rename it")
        for file in sorted(own.glob("*.sql"))
        if file.stem in taken
    ]
    if problems:
        raise InputError(problems)
    return checks + tuple(replace(check, is_own=True) for check in _read_folder(own))


@cache
def _load(folder: Path) -> tuple[Check, ...]:
    return _read_folder(folder)


def _read_folder(folder: Path) -> tuple[Check, ...]:
    checks: list[Check] = []
    problems: list[Problem] = []
    for file in sorted(folder.glob("*.sql")):
        try:
            checks.extend(read_checks(file))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return tuple(checks)


def read_checks(file: Path) -> list[Check]:
    """The checks of one file: one, or with `for_each` one for each declaration. Raises InputError naming the file."""
    if not NAME.fullmatch(file.stem):
        raise InputError(Problem(file, "is not a check's name", allowed="lower-case letters, digits and underscores"))
    try:
        found = HEADER.match(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(Problem(file, "cannot be read as UTF-8 text")) from error
    if not found or not found["sql"].strip():
        raise InputError(Problem(file, "has no check: a header /*--- … ---*/ and then a query"))
    header = as_model(parse_toml(found["toml"], file, "the header"), Header, file)
    return [_made(header, one, found["sql"].strip(), file) for one in _declarations(header, file)]


def _declarations(header: Header, file: Path) -> Iterator[Declaration]:
    """What the file's checks are made for: a declaration of its kind each, or the table and column it names."""
    if header.for_each is not None:
        if header.for_each not in KINDS or header.table or header.column:
            allowed = f"{', '.join(KINDS)}; and then neither table nor column"
            raise InputError(Problem(file, "is no kind", column="for_each", value=header.for_each, allowed=allowed))
        yield from KINDS[header.for_each]()
        return
    table = declared_tables().get(header.table or "")
    if table is None:
        allowed = ", ".join(declared_tables())
        raise InputError(Problem(file, "is no declared table", column="table", value=header.table, allowed=allowed))
    names = [column.name for column in table.columns]
    if header.column is not None and header.column not in names:
        raise InputError(
            Problem(file, "is no column of the table", column="column", value=header.column, allowed=", ".join(names))
        )
    yield Declaration(table.name, header.column, {}, {})


def _made(header: Header, one: Declaration, template: str, file: Path) -> Check:
    sql = PLACEHOLDER.sub(lambda found: _identifiers(found, one), template)
    known = {**one.values, **header.parameters}
    asked = set(PLACEHOLDER.findall(sql))
    if asked - known.keys():
        unknown = ", ".join(f"${name}" for name in sorted(asked - known.keys()))
        raise InputError(Problem(file, f"the query asks for {unknown}", allowed="a parameter of the header"))
    return Check(
        name=file.stem,
        title=_said(header.title, known, file),
        severity=header.severity,
        table=one.table,
        column=one.column,
        message=_said(header.message, known, file),
        allowed=_said(header.allowed, known, file),
        advice=_said(header.advice, known, file),
        sql=sql,
        file=file,
        parameters={name: value for name, value in known.items() if name in asked},
        reads=frozenset(words_of(sql) & declared_tables().keys()) | {one.table},
        is_doubt=header.doubt,
    )


def _said(text: str, known: Mapping[str, Any], file: Path) -> str:
    """A text of the header with what its `$names` stand for."""
    try:
        return Template(text).substitute(known)
    except (KeyError, ValueError) as error:
        raise InputError(Problem(file, f"the header says what is not declared: {error}")) from error


def _identifiers(found: re.Match[str], one: Declaration) -> str:
    """A declared table or column, quoted, in place of its `$name`; anything else stays to be bound."""
    name = one.names.get(found[1])
    if name is None:
        return found[0]
    return quoted(name) if isinstance(name, str) else ", ".join(map(quoted, name))
