"""A row of changes.parquet as a line that a page tells, with where it leads."""

from __future__ import annotations

from collections.abc import Iterable

from improvement_board import words
from improvement_board.declared.kpis import Definition
from improvement_board.editions.open_edition import Row, Store
from improvement_board.figures.assemble import may_have_target
from improvement_board.figures.series import Change
from improvement_board.figures.targets import TargetState, target_state
from improvement_board.page_models.models import KpiOutline

MEASURED = ("recounted", "regrouped", "target", "redefined", "new", "years", "teams")
BY_VERDICT = ("worse", "moved", "better", "no longer")
TOLD_BY_FIGURES = ("missed", "restated", "met")


def told_rows(store: Store) -> tuple[Row, ...]:
    """The rows of changes.parquet that are told. Older versions of the software published special causes of control
    charts too: verdicts tell the present in their place."""
    told = ("lost", *MEASURED, *BY_VERDICT, *TOLD_BY_FIGURES)
    return tuple(row for row in store.rows("changes") if row["kind"] in told)


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
    """One row that no verdict tells in a sentence; of what is measured differently, in the one that publishing gave
    it."""
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
    )


def sum_up_restated(store: Store, row: Row) -> str:
    """How many periods of a KPI were restated and the most of them, in few words."""
    return words.restated_line(
        store.definitions[row["kpi"]],
        row["period_end"],
        (row["before"], row["now"]),
        row["periods"],
        unit=row["unit"],
        grain=row["grain"],
        of=row["category"] or "",
        definition_changed=row["definition_changed"],
        against=find_target_moved_past(store, row),
    )


def find_target_moved_past(store: Store, row: Row) -> tuple[TargetState, float] | None:
    """How a restated period stands against its target, and the target, where it stood otherwise before: then the
    restatement changes what was said."""
    definition, planned = store.definitions[row["kpi"]], store.plan.planned(row["kpi"])
    if planned is None or row["before"] is None or row["now"] is None:
        return None
    target = planned.target_at(row["period_end"])
    if target is None or not may_have_target(definition, "service", row["grain"]):
        return None
    old, new = (target_state(row[name], target, definition.better, planned.tolerance) for name in ("before", "now"))
    return (new, target) if new is not None and new != old else None


def tell_verdict(outline: KpiOutline | None, row: Row) -> Change | None:
    """A row of a verdict in the sentence of the indicator's own page; None where that does not say it to this viewer.

    "no longer" is of one that was better, worse or moved in the edition before, and shows no real change now.
    """
    verdict = outline.series.verdict if outline else None
    expected = "no real change" if row["kind"] == "no longer" else row["kind"]
    if outline is None or verdict is None or verdict.word != expected:
        return None
    definition = outline.series.definition
    return Change(row["kind"], definition.id, definition.title, outline.headline, {"kpi": definition.id})
