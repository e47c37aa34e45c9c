"""The matrix of indicators: how many KPIs stand in each row, those a board looks for by name, the others on request."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from improvement_board.html.caveats import caveat_mark
from improvement_board.html.parts import INDICATOR, Links, text
from improvement_board.page_models.models import Matrix

WORSE = "Worse"
UNTOLD = ("Too few to say", "Not shown")
FEW = 3
MOST_NAMED = 5
MatrixEntry = tuple[str, str]


def matrix(cells: Matrix, links: Links, of: str, leads: Collection[str] = (), with_caveat: Collection[str] = ()) -> str:
    """The matrix with KPI names in its cells, the `leads` (by id) first; those `with_caveat` are marked. Its
    caption says what it is `of`."""
    head = "".join(f'<th scope="col">{text(column)}</th>' for column in cells.columns)
    body = "".join(_row(cells, row, links, leads, with_caveat) for row in cells.rows)
    return (
        '<div class="ib-scroll"><table class="ib-table ib-matrix"><caption>Each KPI by its verdict '
        f"(rows) and how often it met its target in the last year (columns): {text(of)}</caption>"
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(whole: Matrix, row: str, links: Links, leads: Collection[str], with_caveat: Collection[str]) -> str:
    cells = ""
    for column in whole.columns:
        kpis = whole.cells.get((row, column), ())
        if not kpis:
            cells += '<td class="ib-blank"><span class="ib-none">–</span></td>'
            continue
        label = f"{row}, {column[0].lower()}{column[1:]}"
        first = named(row, kpis, leads, with_caveat)
        rest = [entry for entry in kpis if entry not in first]
        cells += (
            f'<td class="ib-filled"><span class="ib-cell-label">{text(label)}</span>'
            f"{_names(first, links, with_caveat)}{_more(rest, label, links, with_caveat, are_all=not first)}</td>"
        )
    css_class = row.lower().replace(" ", "-")
    total = sum(len(whole.cells.get((row, column), ())) for column in whole.columns)
    count = f'<span class="ib-count">{total} indicator{"" if total == 1 else "s"}</span>'
    return f'<tr class="ib-row-{css_class}"><th scope="row">{text(row)} {count}</th>{cells}</tr>'


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


def _names(kpis: Sequence[MatrixEntry], links: Links, with_caveat: Collection[str]) -> str:
    if not kpis:
        return ""
    items = "".join(
        f"<li>{links.to(INDICATOR, title, {'kpi': kpi})}{caveat_mark(kpi in with_caveat)}</li>" for title, kpi in kpis
    )
    return f"<ul>{items}</ul>"


def _more(kpis: Sequence[MatrixEntry], label: str, links: Links, with_caveat: Collection[str], *, are_all: bool) -> str:
    """The others of a cell, which open on request and on paper stand open."""
    if not kpis:
        return ""
    where = f'<span class="ib-hidden">: {text(label)}</span>'
    return (
        f'<details class="ib-details ib-more"><summary>{_count(len(kpis), are_all)}{where}</summary>'
        f"{_names(kpis, links, with_caveat)}</details>"
    )


def _count(number: int, are_all: bool) -> str:
    if not are_all:
        return f"and {number} more"
    return "1 indicator" if number == 1 else f"{number} indicators"
