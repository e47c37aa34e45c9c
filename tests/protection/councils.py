"""Small councils that are hard to protect, the truth of their counts, and their rows as CSV."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from attack import COMPLEMENT, NUMERATOR, Attack, Known, Terms, months_in

from improvement_board.figures.csv import COLUMNS
from improvement_board.protection import CountRow, MeasuredKpi, ProtectedRow

KINDS = ("tiny teams", "sparse", "one-team service", "all or nothing", "one large", "ordinary", "few a month")


@dataclass(frozen=True)
class Council:
    """A council's KPIs, its true counts, and what anybody knows of it."""

    kpis: tuple[MeasuredKpi, ...]
    counts: tuple[CountRow, ...]
    known: Known
    families: tuple[tuple[str, ...], ...]

    def until(self, last: str) -> list[CountRow]:
        """The counts that an edition has."""
        return [row for row in self.counts if row.period_end.isoformat() <= last]


def hard_council(kind: str, seed: int, last: str = "2025-06-30", length: int = 15) -> Council:
    """Two flows with the same denominator and a snapshot over a few teams (the first: not recorded)."""
    dice = random.Random(f"{kind} {seed}")
    months = months_in(f"{months_back(last, length)}..{last}", last)
    teams = ["", "A"] if kind in ("one-team service", "few a month") else ["", *"ABCDEF"[: dice.randint(2, 5)]]
    sizes = {team: _size(kind, team, dice) for team in teams}
    rates = {name: {team: _rate(kind, dice) for team in teams} for name in ("first", "second", "held")}
    counts = []
    for month in months:
        day = dt.date.fromisoformat(month)
        for team, size in sizes.items():
            shared = _draw(size, dice)
            for kpi in rates:
                denominator = shared if kpi != "held" else _draw(2 * size, dice)
                numerator = sum(dice.random() < rates[kpi][team] for _ in range(denominator))
                if denominator:
                    category = dice.choice(["x", "y"]) if kpi == "first" else None
                    counts.append(CountRow(kpi, day, team or None, category, float(numerator), float(denominator)))
    timing = {"first": "flow", "second": "flow", "held": "snapshot"}
    kpis = tuple(MeasuredKpi(kpi, "percent", how) for kpi, how in timing.items())
    known = Known(timing, teams, months, linked=[("first", "second")], categories={"first": ["x", "y"]})
    return Council(kpis, tuple(counts), known, (("first", "second"),))


def linked_council(kind: str, seed: int, last: str = "2025-06-30", length: int = 9) -> Council:
    """Two snapshots of the same children, the numerator of `deep` within that of `held`, and an average `load` of
    children over workers whom anybody may count."""
    dice = random.Random(f"linked {kind} {seed}")
    months = months_in(f"{months_back(last, length)}..{last}", last)
    teams = ["", "A"] if kind in ("one-team service", "few a month") else ["", *"ABCDEF"[: dice.randint(2, 5)]]
    sizes = {team: 2 * _size(kind, team, dice) for team in teams}
    rates = {team: (_rate(kind, dice), dice.choice([0.1, 0.5, 0.9])) for team in teams}
    workers = {team: dice.choice([0.6, 1.0, 2.5, 4.0]) for team in teams}
    counts = []
    for month in months:
        day = dt.date.fromisoformat(month)
        for team, size in sizes.items():
            children, load = _draw(size, dice), _draw(size, dice)
            held = sum(dice.random() < rates[team][0] for _ in range(children))
            deep = sum(dice.random() < rates[team][1] for _ in range(held))
            rows = {"held": (held, children), "deep": (deep, children), "load": (load, workers[team])}
            for kpi, (numerator, denominator) in rows.items():
                if children if kpi != "load" else load:
                    counts.append(CountRow(kpi, day, team or None, None, float(numerator), float(denominator)))
    units = {(row.team or "", row.period_end.isoformat()): row.denominator for row in counts if row.kpi == "load"}
    kpis = [MeasuredKpi(kpi, "average" if kpi == "load" else "percent", "snapshot") for kpi in ("held", "deep", "load")]
    within = [("deep", "held")]
    known = Known(
        {kpi.id: kpi.timing for kpi in kpis}, teams, months, linked=within, within=within, units={"load": units}
    )
    return Council(tuple(kpis), tuple(counts), known, (("held", "deep"),))


def months_back(last: str, length: int) -> str:
    """The first of so many month ends."""
    day = dt.date.fromisoformat(last)
    number = day.year * 12 + day.month - length
    return months_in("month", dt.date(number // 12, number % 12 + 1, 1).replace(day=28).isoformat())[0]


def _size(kind: str, team: str, dice: random.Random) -> float:
    if not team:
        return dice.choice([0.0, 0.3, 2.0])
    if kind == "one large" and team == "A":
        return 60.0
    return {"tiny teams": dice.uniform(1, 5), "sparse": 0.4, "few a month": 1.2, "ordinary": dice.uniform(5, 30)}.get(
        kind, dice.uniform(2, 12)
    )


def _rate(kind: str, dice: random.Random) -> float:
    return dice.choice([0.0, 1.0]) if kind == "all or nothing" else dice.choice([0.05, 0.3, 0.6, 0.9, 0.97])


def _draw(size: float, dice: random.Random) -> int:
    whole = int(dice.gauss(size, size**0.5) + dice.random())
    return max(0, whole)


def csv_of(rows: Iterable[ProtectedRow | dict[str, object]]) -> str:
    """Rows as a download holds them, all columns of the contract."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="")
    writer.writeheader()
    for row in rows:
        named = row if isinstance(row, dict) else {name: getattr(row, name) for name in row.__dataclass_fields__}
        writer.writerow({name: "" if value is None else value for name, value in named.items()})
    return out.getvalue()


def truth(rows: Sequence[CountRow], known: Known) -> Iterator[tuple[str, Terms, float]]:
    """Every count that is truly 1 to 5, of a team, category or the service in a month, quarter or year: its name, the
    unknowns (of an attack) that it adds up, and how many it is."""
    cells: dict[tuple[str, str, str, str], list[float]] = {}
    for row in rows:
        month = row.period_end.isoformat()
        kinds = [("team", row.team or "")] + ([("category", row.category)] if row.category else [])
        for kind, name in kinds:
            parts = cells.setdefault((row.kpi, kind, name, month), [0.0, 0.0])
            parts[0] += row.numerator
            parts[1] += (row.denominator or 0.0) - row.numerator
    last = max(row.period_end.isoformat() for row in rows)
    for kpi, timing in known.timing.items():
        whose = [("team", (team,)) for team in known.teams] + [("team", tuple(known.teams))]
        whose += [("category", (name,)) for name in known.categories.get(kpi, ())]
        for kind, names in whose:
            for period in ("month", "quarter", "year") if timing == "flow" else ("month",):
                for months in _periods(period, known.months, last):
                    of = (
                        ((NUMERATOR,),)
                        if kpi in known.units
                        else ((NUMERATOR,), (COMPLEMENT,), (NUMERATOR, COMPLEMENT))
                    )
                    for parts in of:
                        terms = {
                            (kpi, kind, name, month, part): 1.0 for name in names for month in months for part in parts
                        }
                        count = sum(cells.get(cell[:4], [0.0, 0.0])[cell[4] == COMPLEMENT] for cell in terms)
                        if 1 <= count <= 5:
                            name = f"{kpi} {kind} {'+'.join(names)} {period} {months[-1]} {'+'.join(parts)}"
                            yield name, terms, count


def _periods(period: str, months: Sequence[str], last: str) -> Iterator[list[str]]:
    step = {"month": 1, "quarter": 3, "year": 12}[period]
    for month in months:
        number = int(month[5:7])
        inside = months_in(period, month)
        if month <= last and (number % 3 == 0 if step == 3 else step == 1 or number == 3) and inside[0] >= months[0]:
            yield inside


def breaches(
    council: Council, editions: Sequence[str], rows: Sequence[CountRow] | None = None
) -> tuple[list[str], int]:
    """The small counts that the published texts give away, and how many small counts there are."""
    attack = Attack(council.known, editions)
    small_counts = list(truth(rows or council.counts, council.known))
    return [name for name, terms, _ in small_counts if attack.is_shown(terms)], len(small_counts)
