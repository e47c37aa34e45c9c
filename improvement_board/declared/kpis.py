"""KPI definitions, read from the comment on top of each `queries/kpis/<kpi>.sql`.

One file is one KPI: TOML between `/*---` and `---*/`, then one DuckDB query, or none where the KPI is known only from
published figures. The fields are those of the KPI-definition contract in CONTRIBUTING.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import Field

from improvement_board.common.shipped import QUERIES, shipped_file
from improvement_board.declared.ripening import Ripening
from improvement_board.declared.toml import Declared, as_model, parse_toml
from improvement_board.errors import InputError, Problem
from improvement_board.sql.queries import defined_query, read_sql

Unit = Literal["percent", "count", "average", "rate_per_10000", "days"]
Better = Literal["higher", "lower", "neither"]
Timing = Literal["flow", "snapshot"]
Counts = Literal["children", "workers", "cases", "events"]

KPI_ID = re.compile(r"[a-z][a-z0-9_]{0,62}")
RESERVED_IDS = frozenset(
    {"benchmarks", "changes", "changes_protected", "protected", "teams"}
)  # files of an edition beside its KPI extracts


class Definition(Declared):
    """What one KPI is. `parameters` are bound in the query as `$name`; `sql` is empty for a published-only KPI."""

    id: str
    title: str = Field(min_length=1, max_length=120)
    question: str = Field(min_length=1)
    unit: Unit
    better: Better
    timing: Timing
    counts: Counts
    children_of: str | None = Field(default=None, min_length=1)
    part_of: str | None = Field(default=None, min_length=1)
    protected_teams: bool = True
    numerator: str
    denominator: str | None = None
    category: str | None = None
    definition: str = Field(min_length=1)
    caveats: str | None = None
    sources: tuple[str, ...]
    ripens_after: Ripening | None = None
    control_chart: bool = True
    seasonal: bool = False
    empty_months: tuple[Annotated[int, Field(ge=1, le=12)], ...] = ()
    parameters: Mapping[str, bool | int | float | str] = Field(default_factory=dict)
    benchmarks: Mapping[str, Any] = Field(default_factory=dict)
    sql: str = ""
    file: Path

    @property
    def hash(self) -> str:
        """SHA-256 of the whole definition: when it differs between editions, the definition changed.

        Not of `seasonal` and `empty_months`: those say how its figures are judged and protected, not what they count.
        """
        content = self.model_dump_json(exclude={"file", "seasonal", "empty_months"})
        return hashlib.sha256(content.encode()).hexdigest()

    @property
    def has_query(self) -> bool:
        """Whether the KPI can be computed from records (else it is known from published figures alone)."""
        return bool(self.sql)

    @property
    def is_rate_of_population(self) -> bool:
        """Whether the whole service's count is shown per 10,000 children where the plan gives the population."""
        return (self.unit, self.timing, self.benchmarks.get("unit")) == ("count", "snapshot", "rate_per_10000")

    @property
    def has_children(self) -> bool:
        """Whether children stand behind its figures, so that small numbers are protected: all but KPIs of workers."""
        return self.counts != "workers"

    @property
    def counts_each_once(self) -> bool:
        """Whether each of a figure is another child: counted at the month's end, not over a time."""
        return self.counts == "children" and self.timing == "snapshot"

    @property
    def is_ratio(self) -> bool:
        """Whether the value is a numerator over a denominator."""
        return self.unit != "count"


def library_folder() -> Path:
    """Where the definitions of this installation stand."""
    return QUERIES / "kpis"


def parse_definition(text: str, file: Path) -> Definition:
    """Read one definition from the text of its file; the KPI's id is the file's name without `.sql`.

    Raises InputError naming the file and key for a missing header, TOML that does not parse, unknown or missing keys.
    """
    if not KPI_ID.fullmatch(file.stem):
        raise InputError(Problem(file.name, "is not a KPI id", allowed="lower-case letters, digits and underscores"))
    if file.stem in RESERVED_IDS:
        message = f"is the name of another file of an edition; not allowed: {', '.join(sorted(RESERVED_IDS))}"
        raise InputError(Problem(file.name, message))
    defined = defined_query(text)
    if not defined:
        raise InputError(Problem(file.name, "has no definition: the file must start with /*--- … ---*/"))
    declared = parse_toml(defined.definition, file.name, "the definition")
    reserved = {"id", "sql", "file"} & declared.keys()
    if reserved:
        raise InputError(Problem(file.name, "a definition may not set this key", column=sorted(reserved)[0]))
    sql = defined.sql
    definition = as_model({"id": file.stem, "sql": sql, "file": file, **declared}, Definition, file.name)
    if sql and not definition.sources:
        raise InputError(Problem(file.name, "a KPI with a query must name its source tables", column="sources"))
    if definition.children_of and not definition.has_children:
        raise InputError(Problem(file.name, "a KPI of workers counts nobody's children", column="children_of"))
    if definition.part_of and not definition.children_of:
        raise InputError(Problem(file.name, "needs children_of beside it", column="part_of"))
    limit = definition.ripens_after.parameter if definition.ripens_after else None
    if limit is not None and type(definition.parameters.get(limit)) not in (int, float):
        raise InputError(Problem(file.name, "is no parameter that is a number", column="ripens_after", value=limit))
    if definition.unit != "count" and definition.denominator is None:
        raise InputError(Problem(file.name, "only a count has no denominator", column="denominator"))
    return definition


def read_definition(file: Path) -> Definition:
    """Read one definition from its file; see `parse_definition`. Raises InputError where it is no UTF-8 text too."""
    return parse_definition(read_sql(file), file)


def load_library(folder: Path | None = None) -> Mapping[str, Definition]:
    """Every definition in a folder (default: this installation's), by id in alphabetical order."""
    return _load(folder or shipped_file(library_folder()))


@cache
def _load(folder: Path) -> Mapping[str, Definition]:
    definitions: dict[str, Definition] = {}
    problems: list[Problem] = []
    for file in sorted(folder.glob("*.sql")):
        try:
            definitions[file.stem] = read_definition(file)
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return MappingProxyType(definitions)
