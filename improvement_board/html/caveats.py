"""Data caveats wherever a KPI is shown: a mark in words beside its name, and its sentences."""

from __future__ import annotations

from collections.abc import Iterable

from improvement_board import words
from improvement_board.html.parts import INDICATOR, Html, Links, details, text
from improvement_board.page_models.models import KpiOutline


def caveat_mark(has_caveat: bool) -> Html:
    """The words that mark a KPI whose figures may be wrong; its sentences stand near by (see `caveat_list`)."""
    mark = f' <strong class="ib-caveat-mark">{text(words.CAVEAT.lower())}</strong>'
    return Html(mark if has_caveat else "")


def caveat_block(outline: KpiOutline) -> str:
    """The caveats of a KPI in full, and of which period its latest figure is where that is not the edition's own."""
    latest = f'<p class="ib-facts">{text(outline.latest_period)}</p>' if outline.latest_period else ""
    if not outline.caveats:
        return latest
    said = " ".join(outline.caveats)
    return f'{latest}<p class="ib-caveat"><strong>{text(words.CAVEAT)}.</strong> {text(said)}</p>'


def caveat_details(outline: KpiOutline) -> str:
    """The mark of a card, which opens to the sentences."""
    if not outline.caveats:
        return ""
    said = f'<p class="ib-caveat">{text(" ".join(outline.caveats))}</p>'
    return f'<details class="ib-details"><summary class="ib-caveat-mark">{text(words.CAVEAT)}</summary>{said}</details>'


def caveat_list(outlines: Iterable[KpiOutline], links: Links, of: str = "this table") -> str:
    """The caveats of all the KPIs `of` a table or page, each with its KPI; empty where there is none."""
    with_caveat = [outline for outline in outlines if outline.caveats]
    items = "".join(
        f"<li>{links.to(INDICATOR, outline.series.definition.title, {'kpi': outline.series.definition.id})}: "
        f"{text(' '.join(outline.caveats))}</li>"
        for outline in with_caveat
    )
    title = f"{words.CAVEAT}s of {of} ({len(with_caveat)})"
    return details(title, f"<ul>{items}</ul>") if with_caveat else ""
