"""Every change since the edition before, by ambition: what the plan page tells the weightiest of."""

from __future__ import annotations

from collections.abc import Sequence

from improvement_board.editions.open_edition import Row, Store
from improvement_board.page_models.change_lines import MEASURED, tell_change
from improvement_board.page_models.models import ChangeGroup, ChangesPage, Frame, ToldChange

LOST, OF_NO_AMBITION = "No longer given", "Of several indicators"


def changes_page(frame: Frame, store: Store, rows: Sequence[Row]) -> ChangesPage:
    """The page from the rows of changes.parquet that the viewer may be told.

    A KPI that serves several ambitions stands under its first. Within an ambition what is measured differently comes
    last.
    """
    lost, others = [row for row in rows if row["kind"] == "lost"], [row for row in rows if row["kind"] != "lost"]
    by_ambition: dict[str, list[Row]] = {}
    for row in sorted(others, key=lambda row: row["kind"] in MEASURED):
        ambition = store.plan.ambition_of(row["kpi"] or "")
        by_ambition.setdefault(ambition.id if ambition else "", []).append(row)
    groups = [
        ("", LOST, lost),
        *((ambition.id, ambition.title, by_ambition.get(ambition.id, [])) for ambition in store.plan.ambition),
        ("", OF_NO_AMBITION, by_ambition.get("", [])),
    ]
    return ChangesPage(
        frame=frame,
        groups=tuple(
            ChangeGroup(ambition, title, tuple(ToldChange(tell_change(store, row), row) for row in of_group))
            for ambition, title, of_group in groups
            if of_group
        ),
    )
