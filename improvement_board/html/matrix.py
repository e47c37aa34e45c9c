"""The assurance matrix: how many KPIs stand in each row, those a board looks for by name, the others on request."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from improvement_board.html.doubts import caveat_mark
from improvement_board.html.parts import INDICATOR, Links, text
from improvement_board.page_models.models import Matrix

CONCERN = "Concern"
FEW = 3
MOST_NAMED = 5
Entry = tuple[str, str]


def matrix(found: Matrix, links: Links, leads: Collection[str] = (), doubtful: Collection[str] = ()) -> str:
    """The assurance matrix with KPI names in its cells, the `leads` (by id) first; the `doubtful` are marked."""
    head = "".join(f'<th scope="col">{text(column)}</th>' for column in found.columns)
    body = "".join(_row(found, row, links, leads, doubtful) for row in found.rows)
    return (
        '<div class="ib-scroll"><table class="ib-table ib-matrix"><caption>Each KPI by what its latest point says '
        "(rows) and whether its limits promise the target (columns)</caption>"
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(found: Matrix, row: str, links: Links, leads: Collection[str], doubtful: Collection[str]) -> str:
    cells = ""
    for column in found.columns:
        kpis = found.cells.get((row, column), ())
        if not kpis:
            cells += '<td class="ib-blank"><span class="ib-none">–</span></td>'
            continue
        label = f"{row}, {column[0].lower()}{column[1:]}"
        first = named(row, kpis, leads, doubtful)
        rest = [entry for entry in kpis if entry not in first]
        cells += (
            f'<td class="ib-filled"><span class="ib-cell-label">{text(label)}</span>'
            f"{_names(first, links, doubtful)}{_more(rest, label, links, doubtful)}</td>"
        )
    css_class = row.lower().replace(" ", "-")
    total = sum(len(found.cells.get((row, column), ())) for column in found.columns)
    count = f'<span class="ib-count">{total} indicator{"" if total == 1 else "s"}</span>'
    return f'<tr class="ib-row-{css_class}"><th scope="row">{text(row)} {count}</th>{cells}</tr>'


def named(row: str, kpis: Sequence[Entry], leads: Collection[str], doubtful: Collection[str]) -> list[Entry]:
    """The KPIs of a cell that are named at once, in plan order: all of concern, and all of a few; else the leads, then
    those with a data caveat, at most `MOST_NAMED`, filled up to `FEW` with the plan's next. One alone is never left."""
    if row == CONCERN or len(kpis) <= FEW:
        return list(kpis)
    turns = [0 if kpi in leads else 1 if kpi in doubtful else 2 for _, kpi in kpis]
    wanted = min(MOST_NAMED, max(FEW, sum(turn < 2 for turn in turns)))
    if len(kpis) - wanted == 1:
        return list(kpis)
    first = sorted(range(len(kpis)), key=turns.__getitem__)[:wanted]
    return [kpis[place] for place in sorted(first)]


def _names(kpis: Sequence[Entry], links: Links, doubtful: Collection[str]) -> str:
    items = "".join(
        f"<li>{links.to(INDICATOR, title, {'kpi': kpi})}{caveat_mark(kpi in doubtful)}</li>" for title, kpi in kpis
    )
    return f"<ul>{items}</ul>"


def _more(kpis: Sequence[Entry], label: str, links: Links, doubtful: Collection[str]) -> str:
    """The others of a cell, which open on request and on paper stand open."""
    if not kpis:
        return ""
    where = f'<span class="ib-hidden">: {text(label)}</span>'
    return (
        f'<details class="ib-details ib-more"><summary>and {len(kpis)} more{where}</summary>'
        f"{_names(kpis, links, doubtful)}</details>"
    )
