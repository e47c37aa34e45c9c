"""Every change since the edition before, by ambition: what the plan page tells the weightiest of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from improvement_board.editions.open_edition import Row, Store
from improvement_board.page_models.address import Address
from improvement_board.page_models.change_lines import (
    BY_VERDICT,
    MEASURED,
    find_target_moved_past,
    sum_up_restated,
    tell_change,
    tell_verdict,
    told_rows,
)
from improvement_board.page_models.desk import Desk
from improvement_board.page_models.models import ChangeGroup, ChangesPage, KpiOutline, ToldChange

LOST, RESTATED, OF_NO_AMBITION = "No longer given", "Restated figures", "Of several indicators"


def changes_page(desk: Desk, address: Address) -> ChangesPage:
    """The page from the rows of changes.parquet that the viewer may be told, of the whole service up to the edition's
    month whatever the address chooses.

    A KPI that serves several ambitions stands under its first. Within an ambition what is measured differently comes
    last. Restated figures stand under their ambition only where they change what was said.
    """
    rows, store = told_rows(desk.store), desk.store
    judged, _ = desk.outlines([row["kpi"] for row in rows if row["kind"] in BY_VERDICT], Address())
    by_heading: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: row["kind"] in MEASURED):
        by_heading.setdefault(_choose_heading(store, row), []).append(row)
    ambitions = [(ambition.id, ambition.title, ambition.id) for ambition in store.plan.ambition]
    headings = [("", LOST, LOST), *ambitions, ("", RESTATED, RESTATED), ("", OF_NO_AMBITION, "")]
    return ChangesPage(
        frame=desk.frame(address),
        groups=tuple(
            ChangeGroup(ambition, title, told)
            for ambition, title, heading in headings
            if (told := tuple(_tell(store, judged, by_heading.get(heading, []))))
        ),
    )


def _choose_heading(store: Store, row: Row) -> str:
    """The heading that a row stands under: the id of its ambition, or one of those that are of all."""
    if row["kind"] == "lost":
        return LOST
    if row["kind"] == "restated" and find_target_moved_past(store, row) is None:
        return RESTATED
    return _find_ambition(store, row)


def _find_ambition(store: Store, row: Row) -> str:
    ambition = store.plan.ambition_of(row["kpi"] or "")
    return ambition.id if ambition else ""


def _tell(store: Store, judged: Mapping[str, KpiOutline], rows: Iterable[Row]) -> Iterator[ToldChange]:
    for row in rows:
        is_judged = row["kind"] in BY_VERDICT
        change = tell_verdict(judged.get(row["kpi"]), row) if is_judged else tell_change(store, row)
        if change is not None:
            line = sum_up_restated(store, row) if row["kind"] == "restated" else change.sentence
            yield ToldChange(change, line, row, _find_ambition(store, row))
