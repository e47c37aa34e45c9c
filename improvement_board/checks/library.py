"""The checks: read from `queries/checks/*.sql`, and those of a council's own from its data home.

One file is one check: TOML between `/*---` and `---*/`, then one DuckDB query that returns the rows of `table` that
fail, as `_id` (the row's number in the table; null where no single row is meant) and `value` (what is shown). With
`for_each` the file is a template: one check is made for each declaration of that kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from pydantic import Field

from improvement_board.checks.conditions import condition_of
from improvement_board.checks.kinds import KINDS
from improvement_board.common.shipped import QUERIES, shipped_file
from improvement_board.declared.checks import Declaration
from improvement_board.declared.tables import declared_tables
from improvement_board.declared.toml import Declared, as_model, parse_toml
from improvement_board.errors import InputError, Problem
from improvement_board.sources.findings import Severity
from improvement_board.sql.limits import only_reads
from improvement_board.sql.parsing import tables_of
from improvement_board.sql.queries import defined_query, read_sql
from improvement_board.sql.quote import quoted
from improvement_board.sql.session import asking

NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
PLACEHOLDER = re.compile(r"\$(\w+)")
NAMED = re.compile(r"<(\w+)>")  # a name that is still to come, as DuckDB's parser takes it
KEPT_OUT = "kept_out"  # a check that reads it runs after those that keep rows out


class CheckHeader(Declared):
    """The keys of a check's header.

    `message` says of one value what is wrong with it, `advice` what to do about it. `doubt`: every figure of the table
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

    `parameters` are bound in `sql`. `condition` is what a row of the table that fails it fulfils, where that is all the
    query asks (see `conditions`). `reads` are the record-level tables it needs, `helpers` the others it reads.
    `gives_caveat`: every figure of its table is in doubt while it fails. `is_own`: it is the council's.
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
    condition: str | None = None
    reads: frozenset[str] = frozenset()
    helpers: frozenset[str] = frozenset()
    gives_caveat: bool = False
    is_own: bool = False

    @property
    def is_last(self) -> bool:
        """Whether it asks which rows the other checks keep out."""
        return KEPT_OUT in self.helpers


@dataclass(frozen=True)
class CheckTemplate:
    """A file's query as DuckDB's parser takes it, with `$this_table` and the like as names: the tables that it reads,
    and its condition on a table's rows."""

    sql: str
    reads: Set[str]
    condition: tuple[str, str] | None


def load_checks(own: Path | None = None) -> tuple[Check, ...]:
    """Every check of this installation and, after them, those in a council's own folder (if it is there).

    Raises InputError naming each file that is wrong. A council's check may not have the name of another.
    """
    if own is None or not own.is_dir():
        return _load_folder(shipped_file(QUERIES / "checks"))
    checks = _load_folder(shipped_file(QUERIES / "checks"))
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
def _load_folder(folder: Path) -> tuple[Check, ...]:
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
    defined = defined_query(read_sql(file))
    if not defined or not defined.sql:
        raise InputError(Problem(file, "has no check: a header /*--- … ---*/ and then a query"))
    header = as_model(parse_toml(defined.definition, file, "the header"), CheckHeader, file)
    declarations = list(_list_declarations(header, file))
    template = _parse_template(defined.sql, header, declarations, file)
    return [_make_check(header, declaration, template, file) for declaration in declarations]


def _list_declarations(header: CheckHeader, file: Path) -> Iterator[Declaration]:
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


def _parse_template(sql: str, header: CheckHeader, declarations: Sequence[Declaration], file: Path) -> CheckTemplate:
    """What DuckDB makes of a file's query. Raises InputError naming the file where that is nothing, or more than one
    statement that reads."""
    names = {name for declaration in declarations for name in declaration.names}
    values = {**header.parameters, **(declarations[0].values if declarations else {})}
    named = PLACEHOLDER.sub(
        lambda placeholder: quoted(f"<{placeholder[1]}>") if placeholder[1] in names else placeholder[0], sql
    )
    only_reads(named, file)
    with asking(file):
        return CheckTemplate(sql, tables_of(named, values), condition_of(named))


def _make_check(header: CheckHeader, declaration: Declaration, template: CheckTemplate, file: Path) -> Check:
    sql = PLACEHOLDER.sub(lambda placeholder: _quote_identifiers(placeholder, declaration), template.sql)
    known = {**declaration.values, **header.parameters}
    asked = set(PLACEHOLDER.findall(sql))
    if asked - known.keys():
        unknown = ", ".join(f"${name}" for name in sorted(asked - known.keys()))
        raise InputError(Problem(file, f"the query asks for {unknown}", allowed="a parameter of the header"))
    reads = {_fill_names(name, declaration) for name in template.reads}
    table, condition = template.condition or ("", "")
    is_of_rows = _fill_names(table, declaration) == declaration.table
    return Check(
        name=file.stem,
        title=_fill_text(header.title, known, file),
        severity=header.severity,
        table=declaration.table,
        column=declaration.column,
        message=_fill_text(header.message, known, file),
        allowed=_fill_text(header.allowed, known, file),
        advice=_fill_text(header.advice, known, file),
        sql=sql,
        file=file,
        parameters={name: value for name, value in known.items() if name in asked},
        condition=_fill_names(condition, declaration) if is_of_rows else None,
        reads=frozenset(reads & declared_tables().keys()) | {declaration.table},
        helpers=frozenset(reads - declared_tables().keys()),
        gives_caveat=header.doubt,
    )


def _fill_text(text: str, known: Mapping[str, Any], file: Path) -> str:
    """A text of the header with what its `$names` stand for."""
    try:
        return Template(text).substitute(known)
    except (KeyError, ValueError) as error:
        raise InputError(Problem(file, f"the header says what is not declared: {error}")) from error


def _quote_identifiers(placeholder: re.Match[str], declaration: Declaration) -> str:
    """A declared table or column, quoted, in place of its `$name`. Anything else stays to be bound."""
    name = declaration.names.get(placeholder[1])
    if name is None:
        return placeholder[0]
    return quoted(name) if isinstance(name, str) else ", ".join(map(quoted, name))


def _fill_names(text: str, declaration: Declaration) -> str:
    """What a template says of its names, with the names of a declaration."""
    return NAMED.sub(lambda name_match: str(declaration.names.get(name_match[1], name_match[0])), text)
