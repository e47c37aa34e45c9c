"""Data caveats among what changed: one for each KPI that carries any, and one line for all of them in the list."""

from __future__ import annotations

from collections.abc import Sequence

from improvement_board import words
from improvement_board.figures.series import Change
from improvement_board.page_models.models import KpiOutline

MOST_CHANGES = 8
WEIGHTIER = ("lost", "missed")
DATA_QUALITY, INDICATOR = "data-quality", "indicator"


def caveat_line(outline: KpiOutline) -> Change:
    """The caveats of a KPI, as a line that leads to it."""
    definition = outline.series.definition
    sentence = f"{definition.title}: {' '.join(outline.caveats)}"
    return Change("caveat", definition.id, definition.title, sentence, {"kpi": definition.id})


def with_caveat_line(
    changes: tuple[Change, ...], caveats: Sequence[Change], page: str = DATA_QUALITY
) -> tuple[Change, ...]:
    """The changes with the data caveats as one line, after what is no longer given and missed targets. Several lead to
    `page`.

    It stands among those that are shown, whatever their number: a board that reads a figure must know of its caveat.
    """
    if not caveats:
        return changes
    line = caveats[0]
    if len(caveats) > 1:
        sentence = words.caveats_sentence([change.title for change in caveats])
        line = Change("caveat", line.kpi, line.title, sentence, page=page)
    after = next((index for index, change in enumerate(changes) if change.kind not in WEIGHTIER), len(changes))
    index = min(after, MOST_CHANGES - 1)
    return (*changes[:index], line, *changes[index:])
