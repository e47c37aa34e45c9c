"""Every indicator of the plan in one list, the worst first, or those that are asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from improvement_board import words
from improvement_board.declared.plan import Ambition, Plan
from improvement_board.page_models.ambition_page import weight
from improvement_board.page_models.models import Frame, KpiOutline, Matrix, PlanPage
from improvement_board.page_models.plan_page import standing_of
from improvement_board.words.shown import show_asked

LONGEST_SEARCH = 80


@dataclass(frozen=True)
class Wanted:
    """Which indicators an address asks for: those of a verdict, of an ambition, and with words in their name or
    question. Empty where it asks for all."""

    verdict: str = ""
    ambition: str = ""
    find: str = ""

    @property
    def is_any(self) -> bool:
        """Whether any are asked for in particular."""
        return bool(self.verdict or self.ambition or self.find)


@dataclass(frozen=True)
class IndicatorsPage:
    """The indicators that are `wanted`, worst first, of `count` in all, each with the ambition that it serves first.

    `verdicts` and `ambitions` are what can be chosen: value and words. `meeting_end` is the month that the last meeting
    read. `matrix`, `leads` (ids) and `outlines` are of all of them.
    """

    frame: Frame
    wanted: Wanted
    shown: tuple[tuple[KpiOutline, str], ...]
    outlines: tuple[KpiOutline, ...]
    verdicts: tuple[tuple[str, str], ...]
    ambitions: tuple[tuple[str, str], ...]
    meeting_end: dt.date | None
    matrix: Matrix | None
    leads: frozenset[str]
    notices: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many there are in all."""
        return len(self.outlines)


def indicators_page(
    page: PlanPage, plan: Plan, asked: Mapping[str, str], meeting_end: dt.date | None
) -> IndicatorsPage:
    """The page from what the plan's page shows. What it cannot keep of `asked` is said and left out."""
    verdicts = tuple(
        (kind, f"{said[:1].upper()}{said[1:]}")
        for kind, said in words.STANDING_WORDS.items()
        if any(standing_of(outline.series) == kind for outline in page.outlines)
    )
    ambitions = tuple((ambition.id, ambition.title) for ambition in plan.ambition)
    wanted, notices = _resolve_wanted(asked, verdicts, ambitions)
    home = {planned.kpi: ambition.id for ambition in reversed(plan.ambition) for planned in ambition.kpi}
    titles = dict(ambitions)
    of_ambition = {kpi for ambition in plan.ambition if ambition.id == wanted.ambition for kpi in _kpis_of(ambition)}
    shown = [
        (outline, titles[home[outline.series.definition.id]])
        for outline in sorted(page.outlines, key=weight)
        if (not wanted.verdict or standing_of(outline.series) == wanted.verdict)
        and (not wanted.ambition or outline.series.definition.id in of_ambition)
        and _has_words(outline, wanted.find)
    ]
    return IndicatorsPage(
        frame=page.frame,
        wanted=wanted,
        shown=tuple(shown),
        outlines=page.outlines,
        verdicts=verdicts,
        ambitions=ambitions,
        meeting_end=meeting_end,
        matrix=page.matrix,
        leads=frozenset(lead.series.definition.id for card in page.cards for lead in card.leads),
        notices=notices,
    )


def _kpis_of(ambition: Ambition) -> list[str]:
    return [planned.kpi for planned in ambition.kpi]


def _resolve_wanted(
    asked: Mapping[str, str], verdicts: Sequence[tuple[str, str]], ambitions: Sequence[tuple[str, str]]
) -> tuple[Wanted, tuple[str, ...]]:
    notices, kept = [], {}
    for parameter, choices in (("verdict", verdicts), ("ambition", ambitions)):
        value = asked.get(parameter, "")
        if value and value not in dict(choices):
            notices.append(f"“{show_asked(value)}” is no {parameter} here: indicators of every {parameter} are shown.")
            value = ""
        kept[parameter] = value
    find = words.on_one_line(asked.get("find", ""))[:LONGEST_SEARCH]
    return Wanted(kept["verdict"], kept["ambition"], find), tuple(notices)


def _has_words(outline: KpiOutline, find: str) -> bool:
    """Whether each word that is looked for stands in the indicator's name, question or id."""
    definition = outline.series.definition
    text = f"{definition.title} {definition.question} {definition.id}".casefold()
    return all(word in text for word in find.casefold().split())
