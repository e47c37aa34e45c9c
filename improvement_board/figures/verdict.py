"""The verdict on a series: what the plan and the definition say of how it is judged, and what comes of it."""

from __future__ import annotations

from improvement_board.declared.kpis import Definition
from improvement_board.declared.plan import Plan
from improvement_board.figures.few import is_few_at
from improvement_board.figures.series import Series
from improvement_board.figures.sizes import size_of
from improvement_board.protection.rows import HIDDEN
from improvement_board.verdicts import Judgeable, Verdict, VerdictRule, judge_present

HUNDRED = 100.0
NOT_SHOWN, TOO_FEW = Verdict("not shown"), Verdict("too few to say")


def rule_of(plan: Plan, definition: Definition) -> VerdictRule:
    """How a KPI is judged: the plan's least change by unit, or the KPI's own, its baseline and what is watched."""
    planned, fixed, rules = plan.planned(definition.id), plan.baseline.get(definition.id), plan.verdicts
    is_share = definition.unit == "percent"
    own = planned.least_change if planned else None
    return VerdictRule(
        watch=planned.watch if planned else None,
        baseline=(fixed.first, fixed.last) if fixed else None,
        least_change=own if own is not None else rules.least_points if is_share else 0.0,
        least_share=rules.least_share / HUNDRED if own is None and not is_share else 0.0,
    )


def verdict_of(series: Series) -> Verdict | None:
    """The verdict on a series up to its last month; None where it cannot bear one.

    "too few to say" where the latest figure of a team is, whatever the three months together are of. Of protected
    figures it is worked out from what is given alone, so that it says nothing of what is kept back.
    """
    if not series.definition.control_chart or series.is_banded or series.level == "worker" or not series.period_ends:
        return None
    if series.grain != "month":
        return NOT_SHOWN if series.is_protected else None
    if is_few_at(series, series.latest):
        return TOO_FEW
    return judge_present(
        Judgeable(
            period_ends=series.period_ends,
            values=series.values,
            sizes=_sizes_of(series),
            better=series.definition.better,
            rebases=[event.day for event in series.events if event.rebase],
            is_seasonal=series.definition.seasonal,
            is_stock=series.definition.timing == "snapshot",
            hidden=_hidden_places(series),
            rule=series.rule,
        )
    )


def _sizes_of(series: Series) -> tuple[float | None, ...] | None:
    """How many each figure is of; of a count shown as a rate of the population, the count."""
    unit = series.definition.unit
    parts = zip(series.numerators, series.denominators, strict=True)
    return None if series.unit == "count" else tuple(size_of(unit, *both) for both in parts)


def _hidden_places(series: Series) -> frozenset[int]:
    """The places of figures that are kept back here; one that a publisher suppressed is merely not there."""
    if not series.is_protected:
        return frozenset()
    return frozenset(index for index, symbol in enumerate(series.symbols) if symbol == HIDDEN)
