"""Data caveats wherever a KPI is shown: a mark in words beside its name, and its sentences."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from improvement_board import words
from improvement_board.document.environment import render
from improvement_board.document.parts import Links
from improvement_board.page_models.models import KpiOutline


def caveat_mark(has_caveat: bool) -> Markup:
    """The words that mark a KPI whose figures may be wrong; its sentences stand near by (see `caveat_list`)."""
    return render("caveats", "mark", title=words.CAVEAT) if has_caveat else Markup()


def caveat_block(outline: KpiOutline) -> Markup:
    """The caveats of a KPI in full, and of which period its latest figure is where that is not the edition's own."""
    return render("caveats", "block", title=words.CAVEAT, outline=outline)


def caveat_details(outline: KpiOutline) -> Markup:
    """The mark of a card, which opens to the sentences."""
    return render("caveats", "opening", title=words.CAVEAT, caveats=outline.caveats)


def caveat_list(outlines: Iterable[KpiOutline], links: Links, of: str = "this table") -> Markup:
    """The caveats of all the KPIs `of` a table or page, each with its KPI; empty where there is none."""
    with_caveat = [outline for outline in outlines if outline.caveats]
    return render("caveats", "listed", title=words.CAVEAT, outlines=with_caveat, links=links, of=of)
