"""Every change since the edition before, by ambition: what the plan page tells the weightiest of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from improvement_board.editions.open_edition import Row, Store
from improvement_board.page_models.address import Address
from improvement_board.page_models.change_lines import BY_VERDICT, MEASURED, tell_change, tell_verdict, told_rows
from improvement_board.page_models.desk import Desk
from improvement_board.page_models.models import ChangeGroup, ChangesPage, KpiOutline, ToldChange

LOST, OF_NO_AMBITION = "No longer given", "Of several indicators"


def changes_page(desk: Desk, address: Address) -> ChangesPage:
    """The page from the rows of changes.parquet that the viewer may be told, of the whole service up to the edition's
    month whatever the address chooses.

    A KPI that serves several ambitions stands under its first. Within an ambition what is measured differently comes
    last.
    """
    rows, store = told_rows(desk.store), desk.store
    judged, _ = desk.outlines([row["kpi"] for row in rows if row["kind"] in BY_VERDICT], Address())
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
        frame=desk.frame(address),
        groups=tuple(
            ChangeGroup(ambition, title, told)
            for ambition, title, of_group in groups
            if (told := tuple(_tell(store, judged, of_group)))
        ),
    )


def _tell(store: Store, judged: Mapping[str, KpiOutline], rows: Iterable[Row]) -> Iterator[ToldChange]:
    for row in rows:
        is_judged = row["kind"] in BY_VERDICT
        change = tell_verdict(judged.get(row["kpi"]), row) if is_judged else tell_change(store, row)
        if change is not None:
            yield ToldChange(change, row)
