"""The matrix of indicators: how many KPIs stand in each row, those a board looks for by name, the others on request."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from improvement_board.document.caveats import caveat_mark
from improvement_board.document.environment import render
from improvement_board.document.parts import Links
from improvement_board.page_models.models import Matrix

WORSE = "Worse"
UNTOLD = ("Too few to say", "Not shown")
FEW = 3
MOST_NAMED = 5
MatrixEntry = tuple[str, str]


@dataclass(frozen=True)
class Cell:
    """The KPIs of a cell: those that are named at once, and those that open on request. On paper they stand open."""

    label: str
    first: Sequence[MatrixEntry]
    rest: Sequence[MatrixEntry]

    @property
    def total(self) -> int:
        """How many KPIs stand in it."""
        return len(self.first) + len(self.rest)


def matrix(
    cells: Matrix, links: Links, of: str, leads: Collection[str] = (), with_caveat: Collection[str] = ()
) -> Markup:
    """The matrix with KPI names in its cells, the `leads` (by id) first; those `with_caveat` are marked. Its
    caption says what it is `of`."""
    rows = [(row, [_cell(cells, row, column, leads, with_caveat) for column in cells.columns]) for row in cells.rows]
    marks = {kpi: caveat_mark(True) for kpi in with_caveat}
    return render("matrix", "matrix", columns=cells.columns, of=of, rows=rows, links=links, marks=marks)


def _cell(whole: Matrix, row: str, column: str, leads: Collection[str], with_caveat: Collection[str]) -> Cell:
    kpis = whole.cells.get((row, column), ())
    first = named(row, kpis, leads, with_caveat)
    label = f"{row}, {column[0].lower()}{column[1:]}"
    return Cell(label, first, [entry for entry in kpis if entry not in first])


def named(
    row: str, kpis: Sequence[MatrixEntry], leads: Collection[str], with_caveat: Collection[str]
) -> list[MatrixEntry]:
    """The KPIs of a cell that are named at once, in plan order: all that are worse, and all of a few; else the leads,
    then those with a data caveat, at most `MOST_NAMED`, filled up to `FEW` with the plan's next. One alone is not
    left. Of those that nothing is said of none is."""
    if row in UNTOLD:
        return []
    if row == WORSE or len(kpis) <= FEW:
        return list(kpis)
    turns = [0 if kpi in leads else 1 if kpi in with_caveat else 2 for _, kpi in kpis]
    wanted = min(MOST_NAMED, max(FEW, sum(turn < 2 for turn in turns)))
    if len(kpis) - wanted == 1:
        return list(kpis)
    first = sorted(range(len(kpis)), key=turns.__getitem__)[:wanted]
    return [kpis[index] for index in sorted(first)]
