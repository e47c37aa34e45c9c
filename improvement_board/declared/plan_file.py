"""Reading a plan: `plan.toml` checked against the KPI library, each thing wrong told with file and key."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from improvement_board.declared.kpis import Definition
from improvement_board.declared.plan import Plan
from improvement_board.declared.ripening import LONGEST
from improvement_board.declared.shared_queries import shared_queries
from improvement_board.declared.toml import read_toml
from improvement_board.errors import InputError, Problem


def read_plan(file: Path, library: Mapping[str, Definition]) -> Plan:
    """Read and check a plan against the KPI library.

    Raises InputError naming the file, the line or key, and what is allowed: TOML that does not parse, unknown keys,
    impossible values, KPIs that are not in the library, parameters that their KPI does not have.
    """
    if not file.is_file():
        raise InputError(
            Problem(file, "is missing", allowed="a plan.toml; data/plan.toml is the demonstration council's")
        )
    plan = read_toml(file, Plan)
    problems = [*_unknown_kpis(plan, library, file), *_unknown_parameters(plan, library, file)]
    problems += [*_unknown_families(plan, library, file), *_wrong_verdict_keys(plan, library, file)]
    problems += _unexplained_verdicts(plan, file)
    if problems:
        raise InputError(problems)
    return plan


def _unknown_kpis(plan: Plan, library: Mapping[str, Definition], file: Path) -> list[Problem]:
    return [
        Problem(
            file,
            "is not a KPI of the library",
            column=f"ambition {ambition.id}, kpi",
            value=planned.kpi,
            allowed=", ".join(library),
        )
        for ambition in plan.ambition
        for planned in ambition.kpi
        if planned.kpi not in library
    ]


def _unknown_families(plan: Plan, library: Mapping[str, Definition], file: Path) -> list[Problem]:
    return [
        Problem(file, "is not a KPI of the library", column="protection.same_children", value=kpi)
        for family in plan.protection.same_children
        for kpi in family
        if kpi not in library
    ]


def _wrong_verdict_keys(plan: Plan, library: Mapping[str, Definition], file: Path) -> list[Problem]:
    """Baselines of KPIs that are not there, and a direction to watch where one is better by definition."""
    baselines = [
        Problem(file, "is not a KPI of the library", column="baseline", value=kpi)
        for kpi in plan.baseline
        if kpi not in library
    ]
    return baselines + [
        Problem(
            file,
            "has a better direction by its definition",
            column=f"ambition {ambition.id}, kpi {planned.kpi}, watch",
            value=planned.watch,
            allowed="no watch here: it is for KPIs of which neither direction is better",
        )
        for ambition in plan.ambition
        for planned in ambition.kpi
        if planned.watch and planned.kpi in library and library[planned.kpi].better != "neither"
    ]


def _unexplained_verdicts(plan: Plan, file: Path) -> list[Problem]:
    """Ambitions whose verdict the plan gives without saying why or up to when, or that say so of none."""
    needed = {"verdict_reason": "why, in words", "verdict_until": "a day: editions up to it have this verdict"}
    problems = []
    for ambition in plan.ambition:
        for key, allowed in needed.items():
            value = getattr(ambition, key) or None
            column = f"ambition {ambition.id}, {key}"
            if ambition.verdict and (value is None or not str(value).strip()):
                problems.append(Problem(file, "is missing beside verdict", column=column, allowed=allowed))
            elif value and not ambition.verdict:
                message = "stands without verdict"
                problems.append(Problem(file, message, column=column, value=str(value), allowed="nothing here"))
    return problems


def _unknown_parameters(plan: Plan, library: Mapping[str, Definition], file: Path) -> list[Problem]:
    problems = []
    for kpi, values in plan.parameters.items():
        if kpi not in library:
            if not _is_shared(kpi, values):
                problems.append(Problem(file, "is not a KPI of the library", column="parameters", value=kpi))
            continue
        allowed = library[kpi].parameters
        for name, value in values.items():
            if name not in allowed:
                names = ", ".join(allowed) or "none"
                problems.append(Problem(file, "is not a parameter", column=f"parameters.{kpi}.{name}", allowed=names))
            elif _kind(value) != _kind(allowed[name]):
                key, kind = f"parameters.{kpi}.{name}", _kind(allowed[name])
                problems.append(Problem(file, "is of another type", column=key, value=value, allowed=kind))
            elif _is_limit(library[kpi], name) and not 0 <= value <= LONGEST:
                key, days = f"parameters.{kpi}.{name}", f"0 to {LONGEST} days"
                problems.append(Problem(file, "is no number of days", column=key, value=value, allowed=days))
    return problems


def _is_limit(definition: Definition, name: str) -> bool:
    return definition.ripens_after is not None and definition.ripens_after.parameter == name


def _is_shared(name: str, values: Mapping[str, Any]) -> bool:
    return any(query.name == name and set(values) <= set(query.parameters) for query in shared_queries())


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    return "a number" if isinstance(value, (int, float)) else "text" if isinstance(value, str) else "a list"
