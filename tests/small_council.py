"""A made-up council of a few KPIs, published from hand-written extracts: for tests of editions and of the desk."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import isfinite
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from improvement_board.building.publish import EditionContents, Extract, publish
from improvement_board.declared.home import Home
from improvement_board.declared.kpis import Definition, read_definition
from improvement_board.declared.plan import Plan
from improvement_board.declared.plan_file import read_plan
from improvement_board.editions.manifest import EditionName
from improvement_board.editions.open_edition import Store, open_store
from improvement_board.editions.scope import EVERYTHING
from improvement_board.page_models import Board

AUTHORITY = "E08999901"
JUNE, SEPTEMBER = date(2026, 6, 30), date(2026, 9, 30)
SCHEMA = pa.schema(
    [
        ("authority", pa.string()),
        ("period_end", pa.date32()),
        ("period", pa.string()),
        ("team", pa.string()),
        ("worker", pa.string()),
        ("category", pa.string()),
        ("numerator", pa.float64()),
        ("denominator", pa.float64()),
        ("value", pa.float64()),
        ("symbol", pa.string()),
    ]
)
MOST_NAMED = 1_000  # of a figure: more are as far from small, and fill the memory
NAMED = (("children", pa.list_(pa.string())), ("other_children", pa.list_(pa.string())))
HEADER: Mapping[str, Any] = {
    "question": "Is it so?",
    "unit": "percent",
    "better": "higher",
    "timing": "flow",
    "counts": "children",
    "numerator": "Those",
    "denominator": "All",
    "definition": "Made up",
    "sources": ["ssd_person"],
}
Row = Mapping[str, Any]


def month_ends(how_many: int, last: date = SEPTEMBER) -> list[date]:
    """The last days of that many months, up to the month of `last`."""
    months = [last.year * 12 + last.month - 1 - back for back in reversed(range(how_many))]
    return [date(month // 12, month % 12 + 1, monthrange(month // 12, month % 12 + 1)[1]) for month in months]


def row(period_end: date, numerator: float | None, denominator: float | None = None, **cells: Any) -> Row:
    """One row of an extract; what is not given is null, the period a month."""
    given = {"period_end": period_end, "numerator": numerator, "denominator": denominator}
    return {"authority": AUTHORITY, "period": "month", **given, **cells}


def monthly(values: Sequence[Any], last: date = SEPTEMBER, **cells: Any) -> list[Row]:
    """A row a month up to `last`: each value a numerator, a (numerator, denominator) pair, or None for no row."""
    ends = month_ends(len(values), last)
    pairs = [value if isinstance(value, tuple) else (value, None) for value in values]
    return [row(end, *pair, **cells) for end, pair, value in zip(ends, pairs, values, strict=True) if value is not None]


def relation(rows: Sequence[Row], *, is_named: bool = False) -> duckdb.DuckDBPyRelation:
    """Rows as DuckDB reads an extract; named, with the children counted in each, all of them different ones."""
    schema = SCHEMA
    if is_named:
        for column in NAMED:
            schema = schema.append(pa.field(*column))
        rows = [_named(one, place) for place, one in enumerate(rows)]
    return duckdb.from_arrow(pa.Table.from_pylist(list(rows), schema))


def _named(one: Row, place: int) -> Row:
    parts = (one["numerator"], one["denominator"] or one["numerator"])
    numerator, denominator = (part if part and isfinite(part) else 0 for part in parts)
    counted, others = (round(min(max(many, 0), MOST_NAMED)) for many in (numerator, denominator - numerator))
    ids = [f"{place}-{child}" for child in range(counted + others)]
    return {"children": ids[:counted], "other_children": ids[counted:], **one}


def toml(value: Any) -> str:
    """A value as TOML writes it in line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{toml(str(key))} = {toml(part)}" for key, part in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(toml(part) for part in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return value.isoformat() if isinstance(value, date) else repr(value)


@dataclass(frozen=True)
class Council:
    """A data home in a folder, with its own KPI definitions beside it."""

    folder: Path

    @property
    def home(self) -> Home:
        """The data home."""
        return Home(self.folder / "home")

    @cached_property
    def board(self) -> Board:
        """A board of the home that stays open."""
        return Board(self.home)

    def define(self, kpi: str, sql: str = "select 1", **changes: Any) -> Definition:
        """Write and read a KPI's definition: a percentage where higher is better, unless changed."""
        file = self.folder / "definitions" / f"{kpi}.sql"
        file.parent.mkdir(parents=True, exist_ok=True)
        declared = {"title": kpi.replace("_", " ").capitalize()} | HEADER | changes
        if declared["counts"] != "workers":
            declared.setdefault("children_of", f"children of {kpi}")
        lines = [f"{key} = {toml(value)}" for key, value in declared.items() if value is not None]
        file.write_text("\n".join(["/*---", *lines, "---*/", sql]), encoding="utf-8")
        return read_definition(file)

    def plan(
        self,
        definitions: Sequence[Definition],
        *,
        more: str = "",
        entries: Mapping[str, Mapping[str, Any]] | None = None,
        synthetic: bool = True,
    ) -> Plan:
        """Write and read a plan of one ambition with these KPIs; `entries` adds targets, tolerance, lead by KPI."""
        council = f'[council]\nname = "Northbridge"\ncode = "{AUTHORITY}"\nregion = "E12000002"\n'
        ambition = '[[ambition]]\nid = "practice"\ntitle = "Good practice"\nstatement = "Children are seen."\n'
        kpis = [
            "\n".join(
                [
                    "[[ambition.kpi]]",
                    f"kpi = {toml(one.id)}",
                    *(f"{key} = {toml(value)}" for key, value in ((entries or {}).get(one.id) or {}).items()),
                ]
            )
            for one in definitions
        ]
        self.home.folder.mkdir(parents=True, exist_ok=True)
        text = "\n".join([council + f"synthetic = {toml(synthetic)}\n", ambition, *kpis, more])
        self.home.plan.write_text(text, encoding="utf-8")
        return read_plan(self.home.plan, {one.id: one for one in definitions})

    def publish(
        self, day: date, rows: Mapping[str, Sequence[Row]], plan: Plan | None = None, **publication: Any
    ) -> EditionName:
        """Publish an edition of hand-written rows by KPI, under definitions written before and the plan there is: as
        made up where the plan says so, which these rows are."""
        definitions = [self.definition(kpi) for kpi in rows]
        plan = plan or self.plan(definitions)
        publication.setdefault("made_from", "demonstration" if plan.council.synthetic else "records")
        extracts = tuple(Extract(one, relation(rows[one.id], is_named=one.has_children)) for one in definitions)
        return publish(self.home, EditionContents(day, plan, extracts, **publication))

    def definition(self, kpi: str) -> Definition:
        """A definition that was written before, else one written now."""
        file = self.folder / "definitions" / f"{kpi}.sql"
        return read_definition(file) if file.is_file() else self.define(kpi)

    def store(self, name: EditionName | str) -> Store:
        """An edition, open."""
        return open_store(self.home.editions / str(name), EVERYTHING)


def everything_in(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its place in it, and what it holds."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
