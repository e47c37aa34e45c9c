"""How an ambition stands, by the verdicts of its indicators and the rule that the plan states, or as the plan says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from improvement_board.declared.plan import Ambition, VerdictRules
from improvement_board.editions.open_edition import Store
from improvement_board.figures.series import Series
from improvement_board.page_models.agenda import weigh_change
from improvement_board.page_models.models import AmbitionVerdict, Frame, KpiOutline, PlanRuling

Words = frozenset[str]
DECISIVE = frozenset({"worse", "better"})
NOT_SHOWN = "not shown"


def verdict_on(store: Store, ambition: Ambition, outlines: Mapping[str, KpiOutline], frame: Frame) -> AmbitionVerdict:
    """The verdict on an ambition that a page tells, from its outlines by KPI: of its frame's team and months."""
    absent, series = absent_of_team(store, ambition, outlines, frame), _series_of(ambition, outlines)
    kept_back = [] if frame.address.team in store.own_teams else [kpi for kpi in absent if kpi in store.protected]
    edition = None if frame.is_narrowed else frame.edition_day
    return ambition_verdict(ambition, series, store.plan.verdicts, edition, kept_back)


def absent_of_team(
    store: Store, ambition: Ambition, outlines: Mapping[str, KpiOutline], frame: Frame
) -> tuple[str, ...]:
    """The ambition's KPIs that have no figure of the team that is chosen; none where no team is."""
    if not frame.address.team:
        return ()
    kpis = [planned.kpi for planned in ambition.kpi]
    return tuple(kpi for kpi in kpis if kpi in store.definitions and kpi not in outlines)


def _series_of(ambition: Ambition, outlines: Mapping[str, KpiOutline]) -> list[Series]:
    return [outlines[planned.kpi].series for planned in ambition.kpi if planned.kpi in outlines]


def ambition_verdict(
    ambition: Ambition,
    series: Sequence[Series],
    rules: VerdictRules,
    edition: dt.date | None = None,
    kept_back: Collection[str] = (),
) -> AmbitionVerdict:
    """The verdict on an ambition: the plan's own, where it gives one for the `edition` of this day, else the rule's.

    No edition is given where the series are not of the whole service up to its month: the plan says nothing of others.
    `kept_back`: KPIs of which no series is shown, as small numbers are protected.
    """
    by_rule = _judge_by_rule(ambition, series, rules, kept_back)
    until = ambition.verdict_until
    if ambition.verdict is None or until is None or edition is None or edition > until:
        return by_rule
    return replace(by_rule, word=ambition.verdict, ruling=PlanRuling(by_rule.word, ambition.verdict_reason, until))


def _judge_by_rule(
    ambition: Ambition, series: Sequence[Series], rules: VerdictRules, kept_back: Collection[str]
) -> AmbitionVerdict:
    """The verdict on an ambition from the series of its KPIs.

    By the rule "leads" its lead KPIs decide, and all of them where no lead is better or worse; by "all", all. It is
    worse where some are worse and none better, better the other way round, mixed where both are. Where verdicts are not
    shown it is given only if none of them could make it another.
    """
    leads = {planned.kpi for planned in ambition.leads} if rules.ambition == "leads" else set()
    ordered = sorted(series, key=lambda each: -weigh_change(each))
    worse, better = (
        tuple(each.definition.title for each in ordered if _word_of(each) == word) for word in ("worse", "better")
    )
    said = {**{each.definition.id: _word_of(each) for each in series}, **dict.fromkeys(kept_back, NOT_SHOWN)}
    if not any(each.verdict is not None and each.verdict.baseline is not None for each in series):
        return AmbitionVerdict(NOT_SHOWN if NOT_SHOWN in said.values() else "not judged", worse, better)
    of_leads = [word for kpi, word in said.items() if kpi in leads]
    of_others = [word for kpi, word in said.items() if kpi not in leads]
    possible = {_decide(*words) for words in product(_possible_words(of_leads), _possible_words(of_others))}
    return AmbitionVerdict(possible.pop() if len(possible) == 1 else NOT_SHOWN, worse, better)


def _word_of(series: Series) -> str:
    """The verdict's word; of ranges, which bear none, that of the figures behind them is not shown."""
    if series.is_banded and series.definition.control_chart:
        return NOT_SHOWN
    return series.verdict.word if series.verdict else ""


def _possible_words(said: Sequence[str]) -> Iterator[Words]:
    """Which of worse and better some KPIs say, for everything that those not shown could say."""
    known, hidden = DECISIVE.intersection(said), said.count(NOT_SHOWN)
    for more in (frozenset[str](), {"worse"}, {"better"}, DECISIVE):
        if len(more) <= hidden:
            yield known.union(more)


def _decide(leads: Words, others: Words) -> str:
    decisive = leads or others
    return "mixed" if len(decisive) > 1 else next(iter(decisive), "no real change")
