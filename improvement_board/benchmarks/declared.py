"""The `[benchmarks]` section of a KPI's definition: which published series the KPI is compared with.

    [benchmarks]
    file = "workforce:caseload"            # publication:measure, both declared in aliases.toml
    lait = "Work_Force_AvgNumCase_SW"      # Short Desc in the Local Authority Interactive Tool
    unit = "rate_per_10000"                # only where the comparator's unit is not the KPI's
    own = {file = "…", lait = "…"}         # with unit: the published count, for an authority's own history
    headline = "in need"                   # the category that stands for a KPI published by category only
    only_with = {clock = ["start"]}        # the parameters with which the KPI measures what is published
    differs = "in a few words"             # what the published figure counts otherwise, wherever it is shown
    note = "what differs"

`file` and `lait` are a reference, or a table from the KPI's category to a reference. A reference is a text or
`{code = "…", transform = "100 - x"}`. Transforms are the closed list `TRANSFORMS`; nothing is evaluated. Where a
publication and the Local Authority Interactive Tool both have the KPI, the publication is used for the whole series.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from improvement_board.benchmarks.aliases import Aliases
from improvement_board.declared.kpis import Definition, Unit
from improvement_board.errors import InputError, Problem

AS_PUBLISHED = "x"
REST_OF_A_HUNDRED = "100 - x"
TRANSFORMS = (AS_PUBLISHED, REST_OF_A_HUNDRED)
KEYS = ("file", "lait", "unit", "own", "headline", "only_with", "differs", "note")
LAIT = "lait"

Origin = Literal["file", "lait"]


@dataclass(frozen=True)
class SeriesReference:
    """One published series, for one category of a KPI (None: for the whole KPI).

    `publication` is an id of aliases.toml with `measure` one of its measures; for the Local Authority Interactive
    Tool it is "lait" and `measure` its Short Desc.
    """

    category: str | None
    publication: str
    measure: str
    transform: str = AS_PUBLISHED


@dataclass(frozen=True)
class Comparators:
    """What one KPI is compared with. `file` is preferred to `lait`, all of it or none."""

    kpi: str
    unit: Unit
    file: tuple[SeriesReference, ...] = ()
    lait: tuple[SeriesReference, ...] = ()
    own_file: tuple[SeriesReference, ...] = ()
    own_lait: tuple[SeriesReference, ...] = ()
    headline: str | None = None
    note: str | None = None

    @property
    def has_any(self) -> bool:
        """Whether any published series is named."""
        return bool(self.file or self.lait)


@dataclass
class _Reader:
    definition: Definition
    aliases: Aliases
    problems: list[Problem] = field(default_factory=list)

    def fault(self, key: str, message: str, value: object = None, allowed: str | None = None) -> None:
        column = f"benchmarks.{key}"
        self.problems.append(Problem(self.definition.file.name, message, column=column, value=value, allowed=allowed))

    def references(self, declared: Any, origin: Origin, key: str) -> tuple[SeriesReference, ...]:
        if declared is None:
            return ()
        if isinstance(declared, Mapping) and "code" not in declared:
            if not declared:
                self.fault(key, "names no category")
            references = [self.reference(value, origin, f"{key}.{name}", name) for name, value in declared.items()]
        else:
            references = [self.reference(declared, origin, key, None)]
        return tuple(reference for reference in references if reference is not None)

    def reference(self, declared: Any, origin: Origin, key: str, category: str | None) -> SeriesReference | None:
        parts = {"code": declared} if isinstance(declared, str) else declared
        if (
            not isinstance(parts, Mapping)
            or not isinstance(parts.get("code"), str)
            or parts.keys()
            - {
                "code",
                "transform",
            }
        ):
            self.fault(key, "is not a reference", allowed='a text, or {code = "…", transform = "100 - x"}')
            return None
        transform = parts.get("transform", AS_PUBLISHED)
        if transform not in TRANSFORMS:
            self.fault(key, "is not a transform", transform, " or ".join(TRANSFORMS))
            return None
        if origin == "lait":
            return SeriesReference(category, LAIT, parts["code"], transform)
        publication, _, measure = parts["code"].partition(":")
        known = self.aliases.publication.get(publication)
        if known is None or measure not in known.measures:
            allowed = ", ".join(known.measures) if known else ", ".join(self.aliases.publication)
            self.fault(key, "is not a publication and measure of aliases.toml", parts["code"], allowed)
            return None
        return SeriesReference(category, publication, measure, transform)


def read_comparators(definition: Definition, aliases: Aliases) -> Comparators:
    """Read a definition's `[benchmarks]`. Raises InputError naming the file and key of every mistake in it."""
    declared = definition.benchmarks
    reader = _Reader(definition, aliases)
    for key in declared.keys() - set(KEYS):
        reader.fault(key, "is not a known key", allowed=", ".join(KEYS))
    unit = declared.get("unit", definition.unit)
    if unit not in get_args(Unit):
        reader.fault("unit", "is not a unit", unit, ", ".join(get_args(Unit)))
    own = declared.get("own", {})
    if not isinstance(own, Mapping) or own.keys() - {"file", "lait"} or (own and unit == definition.unit):
        reader.fault("own", "goes with a unit of its own", allowed="a table with file, lait or both")
        own = {}
    _check_only_with(declared.get("only_with", {}), reader)
    for key in ("headline", "differs", "note"):
        if not isinstance(declared.get(key, ""), str):
            reader.fault(key, "is not a text", declared[key])
    comparators = Comparators(
        definition.id,
        unit,
        reader.references(declared.get("file"), "file", "file"),
        reader.references(declared.get("lait"), "lait", "lait"),
        reader.references(own.get("file"), "file", "own.file"),
        reader.references(own.get("lait"), "lait", "own.lait"),
        declared.get("headline"),
        declared.get("note"),
    )
    _check_units(comparators, reader)
    if reader.problems:
        raise InputError(reader.problems)
    return comparators


def _check_only_with(declared: Any, reader: _Reader) -> None:
    known = reader.definition.parameters
    for name, values in declared.items() if isinstance(declared, Mapping) else [(None, None)]:
        if name not in known or not isinstance(values, list):
            reader.fault("only_with", "is not a parameter with a list of values", name, ", ".join(known) or "none")


def _check_units(comparators: Comparators, reader: _Reader) -> None:
    for reference in comparators.file:
        unit = reader.aliases.publication[reference.publication].measures[reference.measure].unit
        if unit != comparators.unit:
            code = f"{reference.publication}:{reference.measure}"
            reader.fault("file", f"is in another unit ({unit}) than {comparators.unit}", code)


def all_comparators(library: Mapping[str, Definition], aliases: Aliases) -> Mapping[str, Comparators]:
    """The comparators of every KPI that names a published series, by KPI id. Raises InputError with every mistake."""
    by_kpi: dict[str, Comparators] = {}
    problems: list[Problem] = []
    for kpi, definition in library.items():
        try:
            comparators = read_comparators(definition, aliases)
        except InputError as error:
            problems.extend(error.problems)
            continue
        if comparators.has_any:
            by_kpi[kpi] = comparators
    if problems:
        raise InputError(problems)
    return by_kpi
