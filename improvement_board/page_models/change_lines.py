"""A row of changes.parquet as a line that a page tells, with where it leads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from improvement_board import words
from improvement_board.declared.kpis import Definition
from improvement_board.editions.open_edition import Row, Store
from improvement_board.figures.series import Change

MEASURED = ("recounted", "regrouped", "target", "redefined", "new", "years", "teams")


def tell_lost(rows: Iterable[Row]) -> tuple[Change, ...]:
    """The KPIs of rows that are no longer given, a line for each cause: a board must not miss one."""
    by_cause: dict[str, list[Row]] = {}
    for row in rows:
        if row["kind"] == "lost":
            by_cause.setdefault(row["cause"] or "", []).append(row)
    return tuple(
        Change(
            "lost",
            lost[0]["kpi"],
            lost[0]["title"],
            words.lost_sentence([row["title"] for row in lost], cause),
            {"kpi": lost[0]["kpi"]},
        )
        for cause, lost in by_cause.items()
    )


def tell_change(store: Store, row: Row) -> Change:
    """One row in a sentence; of what is measured differently, in the one that publishing gave it."""
    if row["kind"] == "lost":
        return tell_lost([row])[0]
    if row["kind"] in MEASURED:
        return _tell_measured(store, row)
    definition = store.definitions[row["kpi"]]
    return Change(
        row["kind"], definition.id, definition.title, _write_sentence(definition, row), {"kpi": definition.id}
    )


def _tell_measured(store: Store, row: Row) -> Change:
    kpi = row["kpi"]
    title = store.definitions[kpi].title if kpi in store.definitions else ""
    return Change(row["kind"], kpi, title, row["cause"], {"kpi": kpi} if title else {}, "indicator" if title else "")


def _write_sentence(definition: Definition, row: Row) -> str:
    if row["kind"] == "shifted":
        side: Literal["high", "low"] = "high" if row["point_type"].endswith("high") else "low"
        return words.shift_sentence(
            definition, row["period_end"], row["now"], side, unit=row["unit"], goes_on=row["goes_on"]
        )
    return words.change_sentence(
        row["kind"],
        definition,
        row["period_end"],
        new=row["now"],
        old=row["before"],
        target=row["target"],
        definition_changed=row["definition_changed"] and row["kind"] == "restated",
        unit=row["unit"],
        grain=row["grain"],
        of=row["category"] or "",
        other_periods=row["periods"] - 1,
        goes_on=row["goes_on"],
    )
