"""How published files are read, as declared in `aliases.toml`: the names of columns, symbols, years and areas.

A data home may have its own `aliases.toml`; otherwise the copy of this installation (`data/aliases.toml`) is used.
Names are compared without case, spaces and punctuation (`simplify_name`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from improvement_board.common.shipped import DATA
from improvement_board.declared.kpis import Unit
from improvement_board.declared.toml import Declared, read_toml

FILE_NAME = "aliases.toml"
SCALES: Mapping[str, float] = {"percent": 100.0, "rate_per_10000": 10_000.0, "average": 1.0, "days": 1.0, "count": 1.0}
MOST_DIMENSIONS = 3


def simplify_name(name: str) -> str:
    """A name without case and punctuation, for comparing names that people and publishers write differently."""
    return re.sub(r"[^a-z0-9]+", "_", name.strip().lower()).strip("_")


class Measure(Declared):
    """One published series: the meaning of its value's column, of its parts' columns, and the rows it stands in.

    `where` names, for each breakdown of the publication, the meaning of the row; `denominator_where` what differs in
    the denominator's row. A denominator is the sum of its columns.
    """

    unit: Unit
    value: str
    numerator: str | None = None
    denominator: tuple[str, ...] = ()
    where: Mapping[str, str] = Field(default_factory=dict)
    denominator_where: Mapping[str, str] = Field(default_factory=dict)
    maximum: float | None = None

    @property
    def highest(self) -> float | None:
        """The highest value that makes sense, or None."""
        return 100.0 if self.maximum is None and self.unit == "percent" else self.maximum


class Publication(Declared):
    """One published file: where it comes from, its columns, what the values of its breakdowns mean, its measures."""

    title: str
    publisher: str
    download: str
    year: str
    decimals: int = Field(ge=0, le=6)
    columns: Mapping[str, tuple[str, ...]]
    values: Mapping[str, Mapping[str, tuple[str, ...]]] = Field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    measures: Mapping[str, Measure]

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if len(self.values) > MOST_DIMENSIONS:
            raise ValueError(f"a publication has at most {MOST_DIMENSIONS} breakdowns")
        named = {*self.values, *self.optional}
        for name, measure in self.measures.items():
            named |= {measure.value, *measure.denominator} | ({measure.numerator} if measure.numerator else set())
            if measure.where.keys() != self.values.keys():
                raise ValueError(f"measure {name} must say which {', '.join(self.values)} it stands in")
            for dimension, meaning in [*measure.where.items(), *measure.denominator_where.items()]:
                if meaning not in self.values.get(dimension, {}):
                    raise ValueError(f"measure {name}: {dimension} has no value {meaning!r}")
        if unknown := named - self.columns.keys():
            raise ValueError(f"has no columns for {', '.join(sorted(unknown))}")
        return self


class Unused(Declared):
    """A file that is known, and from which no figure is taken."""

    title: str
    columns: tuple[str, ...] = Field(min_length=1)
    reason: str


class ReferenceFile(Declared):
    """A file of reference: the neighbour model, the authority list, the data dictionary."""

    title: str
    publisher: str
    download: str
    columns: Mapping[str, tuple[str, ...]]


class Lait(ReferenceFile):
    """The Local Authority Interactive Tool's long file, and the type of year of the measures used."""

    significant_digits: int = Field(ge=6, le=15)
    year_types: Mapping[str, str]


class YearType(Declared):
    """On which day (MM-DD) a type of year ends, and what the data dictionary calls it."""

    ends: str = Field(pattern=r"(0[1-9]|1[0-2])-([0-2]\d|3[01])")
    names: tuple[str, ...]


class YearRemarks(Declared):
    """Words in brackets after a year."""

    allowed: tuple[str, ...]


class Geography(Declared):
    """The columns that say where and when a row is, and the names of the levels of area."""

    columns: Mapping[str, tuple[str, ...]]
    levels: Mapping[Literal["England", "Region", "Local authority"], tuple[str, ...]]


class England(Declared):
    """The country."""

    code: str
    names: tuple[str, ...]


class Licence(Declared):
    """Under which licence the figures are published."""

    name: str
    attribution: str


class Aliases(Declared):
    """All of `aliases.toml`."""

    licence: Licence
    symbols: Mapping[str, str]
    year_types: Mapping[str, YearType]
    year_forms: Mapping[str, str]
    year_remarks: YearRemarks
    geography: Geography
    england: England
    regions: Mapping[str, tuple[str, ...]]
    region_parts: Mapping[str, str] = Field(default_factory=dict)
    neighbours: ReferenceFile
    authority_list: ReferenceFile
    lait: Lait
    lait_dictionary: ReferenceFile
    publication: Mapping[str, Publication]
    unused: Mapping[str, Unused] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _years_are_known(self) -> Self:
        types = {publication.year for publication in self.publication.values()} | set(self.lait.year_types.values())
        if unknown := types - self.year_types.keys():
            raise ValueError(f"no such type of year: {', '.join(sorted(unknown))}")
        for name, form in self.year_forms.items():
            try:
                groups = re.compile(form).groupindex
            except re.error as error:
                raise ValueError(f"the year form {name} is not a regular expression: {error}") from error
            if "last" not in groups:
                raise ValueError(f"the year form {name} has no group named last")
        return self

    @cached_property
    def region_of_name(self) -> Mapping[str, str]:
        """Region code by simplified name."""
        return {simplify_name(name): code for code, names in self.regions.items() for name in names}


def packaged_aliases() -> Path:
    """The `aliases.toml` of this installation."""
    return DATA / FILE_NAME


def aliases_file(home: Path | None) -> Path:
    """The file that applies in a data home: its own, or this installation's."""
    own = home / FILE_NAME if home is not None else None
    return own if own is not None and own.is_file() else packaged_aliases()


def load_aliases(home: Path | None = None) -> Aliases:
    """Read the aliases that apply in a data home. Raises InputError naming the file and key of each mistake."""
    return read_toml(aliases_file(home), Aliases)
