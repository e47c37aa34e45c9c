"""Charts beside each other, as many to a row as there is room for, each with what stands around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from improvement_board.document.drawn_chart import Chart
from improvement_board.document.environment import render

GAP = 28  # pixels between panels, as in the style
LEAST: dict[str, int] = {"small": 344, "half": 480}  # pixels of the narrowest panel of a kind, as in the style
LEAD_SHARE, LEAD_LEAST = 0.7, 868  # of a chart with words beside it, and the page that they are beside each other on


@dataclass(frozen=True)
class Panels:
    """The panels. `small` ones are of many indicators, `half` ones of parts of one; of a `lead` the first is a large
    chart, the other the words beside it; a `projector` shows one chart twice as large as it is drawn."""

    cells: tuple[tuple[Markup | Chart, ...], ...]
    kind: Literal["small", "half", "lead", "projector"] = "small"

    @property
    def charts(self) -> tuple[Chart, ...]:
        """Their charts, in order."""
        return tuple(piece for cell in self.cells for piece in cell if isinstance(piece, Chart))

    def chart_width(self, page: int) -> int:
        """How wide a chart in them is on a page so many pixels wide."""
        if self.kind == "lead":
            return page if page < LEAD_LEAST else int((page - GAP) * LEAD_SHARE)
        if self.kind == "projector":
            return max(page // 2, min(page, LEAST["small"]))
        columns = max(1, (page + GAP) // (LEAST[self.kind] + GAP))
        return (page - GAP * (columns - 1)) // columns


def panels(part: Panels, draw: Callable[[Chart, int], Markup], page: int) -> Markup:
    """The panels as a list, on a page so many pixels wide. `draw` makes HTML of a chart and its width."""
    width = part.chart_width(page)
    cells = [[draw(piece, width) if isinstance(piece, Chart) else piece for piece in cell] for cell in part.cells]
    return render("panels", "list", cells=cells, kind=part.kind)
