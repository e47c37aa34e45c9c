"""Made-up councils by seed, of three quarterly editions. They have indicators of every sort on plans of three
ambitions, that keep their level, step, drift, come back, wander or follow the calendar; their last months are restated,
targets move, and a team closes."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from small_council import AUTHORITY, JUNE, SEPTEMBER, Council, Row, month_ends, row, toml
from small_desk import MARCH, benchmark, write_benchmarks

from improvement_board.declared.plan_file import read_plan

EDITIONS = (MARCH, JUNE, SEPTEMBER)
MONTHS = 48
LATE = 2  # months of an edition that the next one restates
TEAMS = ("North", "South", "East")
CLOSES = date(2026, 4, 30)  # East's last month
AMBITIONS = ("practice", "permanence", "partners")
COUNT: Mapping[str, Any] = {"unit": "count", "denominator": None}
SORTS: Mapping[str, Mapping[str, Any]] = {
    "cp_visits_on_time": {},
    "reviewed": {"timing": "snapshot"},
    "re_referrals": {"better": "lower"},
    "asked": {"control_chart": False},
    "attendance_social_worker": {"seasonal": True, "protected_teams": False},
    "contacts": {**COUNT, "better": "neither", "seasonal": True, "counts": "events"},
    "missing_episodes": {**COUNT, "better": "neither"},
    "children_in_care": {**COUNT, "better": "neither", "timing": "snapshot", "benchmarks": {"unit": "rate_per_10000"}},
    "waiting": {**COUNT, "better": "lower", "counts": "cases"},
    "rare": {**COUNT, "better": "lower"},
    "average_caseload": {"unit": "average", "better": "lower", "timing": "snapshot", "counts": "cases"},
    "caseload_over_limit": {"better": "lower", "timing": "snapshot", "counts": "workers"},
    "agency_rate": {"better": "lower", "timing": "snapshot", "counts": "workers"},
    "yearly": {"better": "lower", "counts": "workers"},
}
LEVELS = {"contacts": 220.0, "missing_episodes": 45.0, "children_in_care": 400.0, "waiting": 60.0, "rare": 1.5}
STOCKS = ("children_in_care", "average_caseload", "agency_rate", "reviewed")
RULING = {"verdict": "mixed", "verdict_reason": "A ward closed", "verdict_until": JUNE}
COME_AND_GO = ("cp_visits_on_time", "re_referrals", "contacts", "missing_episodes", "agency_rate")
SHAPES = ("steady", "steady", "step", "drift", "back", "wander", "last month")


@dataclass(frozen=True)
class Truth:
    """What is true of an indicator in one team, month by month: numerators, and denominators but for a count."""

    numerators: tuple[int, ...]
    denominators: tuple[int, ...] | None


def publish_made_up(folder: Path, seed: int) -> Council:
    """The council of a seed with its three editions."""
    dice = random.Random(seed)
    council = Council(folder)
    for kpi, changes in SORTS.items():
        council.define(kpi, **changes)
    truths = {(kpi, team): _make_truth(kpi, team, dice) for kpi in SORTS if kpi != "yearly" for team in TEAMS}
    lost, new = dice.sample(COME_AND_GO, 2)
    entries = {kpi: _plan_kpi(kpi, truths, dice) for kpi in SORTS}
    text = _write_plan(entries, dice)
    write_benchmarks(council.home.benchmarks, [benchmark("yearly", "England", 11.0, 2025)])
    rebased = dice.choice([kpi for kpi in SORTS if kpi != "yearly"])
    council.home.events.write_text(
        f"date,title,kind,scope,rebase\n2025-02-01,Redesign,redesign,{rebased},yes\n", encoding="utf-8"
    )
    for edition in EDITIONS:
        left_out = {lost} if edition == SEPTEMBER else {new} if edition == MARCH else set()
        rows = {kpi: list(_list_rows(kpi, truths, edition, dice)) for kpi in SORTS if kpi not in left_out}
        council.home.plan.write_text(text, encoding="utf-8")
        plan = read_plan(council.home.plan, {kpi: council.definition(kpi) for kpi in SORTS})
        council.publish(edition, rows, plan, missing=dict.fromkeys(left_out, ("ssd_person",)))
    return council


def _make_truth(kpi: str, team: str, dice: random.Random) -> Truth:
    """A level, and what it does of late; of a stock, with a memory."""
    shape, sign = dice.choice(SHAPES), dice.choice([-1, 1])
    began, memory = dice.randint(2, 14), 0.0
    share, size = dice.uniform(0.3, 0.95), dice.choice([3, 12, 40, 150])
    calendar = [dice.gauss(0, 1) for _ in range(12)]
    numerators, denominators = [], []
    for month in range(MONTHS):
        left = MONTHS - month
        memory = 0.85 * memory + dice.gauss(0, 0.5) if kpi in STOCKS or shape == "wander" else 0.0
        moved = memory + sign * _move(shape, began, left)
        if SORTS[kpi].get("seasonal"):
            moved += 2 * calendar[month % 12]
        if kpi in LEVELS:
            mean = LEVELS[kpi] / len(TEAMS) * math.exp(0.12 * moved)
            numerators.append(max(round(dice.gauss(mean, math.sqrt(mean))), 0))
            continue
        of = max(round(dice.gauss(size, math.sqrt(size))), 0)
        odds = math.log(share / (1 - share)) + 0.4 * moved
        denominators.append(of)
        if kpi == "average_caseload":
            numerators.append(round(of * 17 * math.exp(0.05 * moved) + dice.gauss(0, 1)) if of else 0)
        else:
            numerators.append(sum(dice.random() < 1 / (1 + math.exp(-odds)) for _ in range(of)))
    return Truth(tuple(numerators), tuple(denominators) if kpi not in LEVELS else None)


def _move(shape: str, began: int, left: int) -> float:
    """How far a series has moved, so many months before its end, where it began so many before."""
    if shape == "step":
        return 2.5 if left <= began else 0.0
    if shape == "drift":
        return 3.0 * max(1 - left / 18, 0.0)
    if shape == "back":
        return 2.5 if 4 <= left <= 9 else 0.0
    return 3.0 if shape == "last month" and left == 1 else 0.0


def _list_rows(kpi: str, truths: Mapping[tuple[str, str], Truth], edition: date, dice: random.Random) -> Iterator[Row]:
    """The rows of an edition, its last months not yet all recorded."""
    if kpi == "yearly":
        yield from (row(date(year, 3, 31), None, period="year", value=8.0 + year % 4) for year in range(2022, 2027))
        return
    ends = month_ends(MONTHS)
    for team in TEAMS:
        truth = truths[kpi, team]
        for index, end in enumerate(ends):
            is_late = (edition.year - end.year) * 12 + edition.month - end.month < LATE and edition != SEPTEMBER
            is_closed = team == TEAMS[-1] and end > CLOSES
            is_holiday = kpi == "attendance_social_worker" and end.month == 8
            if end > edition or is_closed or is_holiday or (kpi == "asked" and end == edition):
                continue
            numerator, of = truth.numerators[index], truth.denominators[index] if truth.denominators else None
            if is_late and kpi not in STOCKS:
                numerator = max(numerator - dice.randint(0, 2), 0)
            worker = f"{team}-w" if kpi in ("average_caseload", "caseload_over_limit") else None
            yield row(end, float(numerator), None if of is None else float(of), team=team, worker=worker)


def _plan_kpi(kpi: str, truths: Mapping[tuple[str, str], Truth], dice: random.Random) -> dict[str, Any]:
    """What the plan says of an indicator: a target near its level that may have moved of late, a tolerance, a watch."""
    entry: dict[str, Any] = {"lead": dice.random() < 0.4}
    if SORTS[kpi].get("better") == "neither":
        watch = dice.choice([None, "high", "low"])
        return entry | ({"watch": watch} if watch else {})
    if kpi != "yearly" and dice.random() < 0.8:
        target = round(_level(kpi, truths), dice.choice([0, 1]))
        moved = date(2026, dice.choice([1, 4, 7]), 1)
        later = [{"from": moved, "value": round(target * dice.choice([0.95, 1.05]), 1)}] if dice.random() < 0.4 else []
        entry["targets"] = [{"from": date(2022, 4, 1), "value": target}, *later]
        entry["tolerance"] = dice.choice([0.0, 0.0, 2.0])
    return entry


def _level(kpi: str, truths: Mapping[tuple[str, str], Truth]) -> float:
    """The figure of the whole service over the last two years."""
    parts = [truths[kpi, team] for team in TEAMS[:-1]]
    numerator = sum(sum(each.numerators[-24:]) for each in parts)
    denominator = sum(sum(each.denominators[-24:]) for each in parts if each.denominators)
    if not denominator:
        return numerator / 24
    return numerator / denominator * (1 if kpi == "average_caseload" else 100)


def _write_plan(entries: Mapping[str, Mapping[str, Any]], dice: random.Random) -> str:
    """Three ambitions of the indicators in a chance order, one of which serves two."""
    kpis = list(entries)
    dice.shuffle(kpis)
    parts = [kpis[0::3], kpis[1::3], [*kpis[2::3], kpis[0]]]
    rule, ruled = dice.choice(["leads", "all"]), dice.choice([*AMBITIONS, None])
    ambitions = [
        "\n".join(
            [
                f'[[ambition]]\nid = "{ambition}"\ntitle = "Good {ambition}"\nstatement = "Children are seen."',
                *_pairs(RULING if ambition == ruled else {}),
                *("\n".join(["[[ambition.kpi]]", f"kpi = {toml(kpi)}", *_pairs(entries[kpi])]) for kpi in of_ambition),
            ]
        )
        for ambition, of_ambition in zip(AMBITIONS, parts, strict=True)
    ]
    fixed = dice.choice([kpi for kpi in kpis if kpi != "yearly"])
    more = [
        f"[verdicts]\nambition = {toml(rule)}",
        f"[baseline.{fixed}]\nfirst = 2024-01-31\nlast = 2025-01-31" if dice.random() < 0.5 else "",
        "[population]\n2022 = 60000\n2025 = 61000",
        *(f"[[meeting]]\ndate = {day.replace(day=28)}\nedition = {day}" for day in EDITIONS),
    ]
    council = f'[council]\nname = "Northbridge"\ncode = "{AUTHORITY}"\nregion = "E12000002"\nsynthetic = true'
    return "\n\n".join([council, *ambitions, *more])


def _pairs(entry: Mapping[str, Any]) -> Sequence[str]:
    return [f"{key} = {toml(value)}" for key, value in entry.items()]
