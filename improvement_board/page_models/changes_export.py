"""The page of changes as CSV: unrounded, one row a change, in the order of the page."""

from __future__ import annotations

from collections.abc import Iterator

from improvement_board.figures.csv import table_text
from improvement_board.page_models.change_lines import MEASURED
from improvement_board.page_models.models import ChangesPage, ToldChange

COLUMNS = (
    "authority", "edition", "previous_edition", "level", "ambition", "kpi", "title", "kind", "period_end", "period",
    "category", "before", "now", "unit", "target", "other_periods", "goes_on", "sentence",
)  # fmt: skip


def changes_csv(page: ChangesPage) -> str:
    """The whole file as text. Percentages are 0 to 100; a figure is given where its sentence tells it."""
    return table_text(COLUMNS, _list_rows(page))


def _list_rows(page: ChangesPage) -> Iterator[dict[str, object]]:
    shared = {
        "authority": page.frame.authority,
        "edition": page.frame.edition,
        "previous_edition": page.frame.previous,
        "level": "service",
    }
    for told in page.told:
        yield {**shared, **_fill_cells(told)}


def _fill_cells(told: ToldChange) -> dict[str, object]:
    row, kind = told.row, told.change.kind
    cells: dict[str, object] = dict.fromkeys(COLUMNS[4:]) | {
        "ambition": told.ambition,
        "kpi": told.change.kpi,
        "title": told.change.title,
        "kind": kind,
        "sentence": told.change.sentence,
    }
    if kind in MEASURED or kind == "lost":
        return cells
    return cells | {
        "period_end": row["period_end"].isoformat(),
        "period": row["grain"],
        "category": row["category"],
        "before": row["before"] if kind == "restated" else None,
        "now": row["now"],
        "unit": row["unit"],
        "target": row["target"] if kind in ("met", "missed") else None,
        "other_periods": row["periods"] - 1,
        "goes_on": "yes" if row["goes_on"] else "no",
    }
