"""How often verdicts err, and how soon they see a change: methods beside each other, over series whose truth is known.

    python bench/judgement.py [--series 400] [--seed 1]

Each series has seven years of months and is judged at its last. *Steady*: nothing has changed in it, so that every
verdict but "no real change" is false; that holds too where the calendar drives it, where months resemble their
neighbours (stocks, by their correlation), where counts are tiny, and where the last month is not yet all recorded.
*Step*: it moved by two standard deviations so many months before the last.
*Drift*: it moved by two over the last year, a little each month. Methods:

- today: the control chart over all that is known, as pages draw it;
- 24 months: the rules of the chart, on limits from the 24 months before the last six;
- last year: the last three months less the same of the year before, held against how such differences vary;
- verdict: `improvement_board.verdicts`, told of a season where the calendar drives the series.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from improvement_board.common.months import following_month, month_end
from improvement_board.spc import present
from improvement_board.verdicts import Judgeable, judge_present

MONTHS = 84
SHIFT = 2.0
QUARTER = 3
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Made:
    """A series: its figures, how many each is of (None: counts), a month's standard deviation, whether seasonal."""

    values: Numbers
    sizes: Numbers | None
    deviation: float
    is_seasonal: bool = False


Kind = Callable[[np.random.Generator], Made]
Method = Callable[[Made], bool]


def period_ends() -> list[date]:
    """The months of every series."""
    ends, day = [], date(2019, 10, 31)
    for _ in range(MONTHS):
        ends.append(day)
        day = month_end(following_month(day))
    return ends


ENDS = period_ends()


def shares(dice: np.random.Generator) -> Made:
    """Percentages of 30 to 400."""
    of, share = dice.integers(30, 400), dice.uniform(0.3, 0.95)
    sizes = dice.poisson(of, MONTHS) + 1
    values = 100 * dice.binomial(sizes, share) / sizes
    return Made(values, sizes.astype(float), 100 * math.sqrt(share * (1 - share) / of))


def counts(dice: np.random.Generator, least: float = 10, most: float = 400) -> Made:
    """Counts of events that happen by chance."""
    mean = math.exp(dice.uniform(math.log(least), math.log(most)))
    values = dice.poisson(mean, MONTHS).astype(float)
    return Made(values, None, math.sqrt(mean))


def tiny(dice: np.random.Generator) -> Made:
    """Counts of one to six."""
    return counts(dice, 1, 6)


def season(dice: np.random.Generator) -> Made:
    """Figures that each calendar month raises or lowers, by one to four standard deviations."""
    profile = dice.normal(size=12)
    profile *= dice.uniform(1, 4) / profile.std()
    values = 100 + 5 * (dice.normal(size=MONTHS) + profile[np.arange(MONTHS) % 12])
    return Made(values, np.full(MONTHS, 200.0), 5, is_seasonal=True)


def stock(likeness: float) -> Kind:
    """A stock that keeps its level, of which neighbouring months are so alike."""

    def make(dice: np.random.Generator) -> Made:
        level, values = dice.normal(), []
        for step in dice.normal(size=MONTHS):
            level = likeness * level + math.sqrt(1 - likeness**2) * step
            values.append(100 + 5 * level)
        return Made(np.array(values), np.full(MONTHS, 200.0), 5)

    return make


def late(dice: np.random.Generator) -> Made:
    """Counts of which five to thirty in a hundred of the last month are not recorded yet."""
    made = counts(dice)
    made.values[-1] = dice.binomial(int(made.values[-1]), dice.uniform(0.7, 0.95))
    return made


KINDS: dict[str, Kind] = {
    "percentages": shares,
    "counts": counts,
    "tiny counts": tiny,
    "season": season,
    "stock, 0.5": stock(0.5),
    "stock, 0.8": stock(0.8),
    "stock, 0.9": stock(0.9),
    "late recording": late,
}
STEPS = ("percentages", "counts", "season", "stock, 0.5", "stock, 0.8")


def by_chart(made: Made) -> bool:
    """Whether the latest point is a special cause over all that is known."""
    presented = present(ENDS, made.values.tolist(), better="neither")
    return presented.rules[-1] is not None


def by_recent_chart(made: Made) -> bool:
    """Whether the latest point breaks a rule of the chart on limits of the 24 months before the last six."""
    past, now = made.values[-30:-6], made.values[-7:]
    moves = np.abs(np.diff(past))
    moves = moves[moves <= 3.267 * moves.mean()]
    limit, apart = 2.66 * (moves.mean() if moves.size else 0.0), now - past.mean()
    beyond = np.abs(apart[-3:]) > limit * 2 / 3
    near = (apart[-3:] > limit * 2 / 3).sum() >= 2 or (apart[-3:] < -limit * 2 / 3).sum() >= 2
    run = (apart > 0).all() or (apart < 0).all()
    steps = np.diff(now)
    return bool(abs(apart[-1]) > limit or (near and beyond[-1]) or run or (steps > 0).all() or (steps < 0).all())


def by_last_year(made: Made) -> bool:
    """Whether the last quarter lies further from the same of the year before than such differences usually do."""
    apart = made.values[12:] - made.values[:-12]
    return bool(abs(apart[-3:].mean()) > 2 * apart[:-6].std(ddof=1) / math.sqrt(3))


def by_verdict(made: Made) -> bool:
    """Whether the present is said to differ from the baseline."""
    sizes = None if made.sizes is None else made.sizes.tolist()
    series = Judgeable(ENDS, made.values.tolist(), sizes, "neither", is_seasonal=made.is_seasonal)
    return judge_present(series).word == "moved"


METHODS: dict[str, Method] = {
    "today": by_chart,
    "24 months": by_recent_chart,
    "last year": by_last_year,
    "verdict": by_verdict,
}


def stepped(made: Made, months: int, sign: float) -> Made:
    """The series with its last months moved."""
    values = made.values.copy()
    values[-months:] += sign * SHIFT * made.deviation
    return Made(values, made.sizes, made.deviation, made.is_seasonal)


def drifted(made: Made, sign: float) -> Made:
    """The series with a move that grew over the last twelve months."""
    values = made.values.copy()
    values[-12:] += sign * SHIFT * made.deviation * np.arange(1, 13) / 12
    return Made(values, made.sizes, made.deviation, made.is_seasonal)


def seen(many: Sequence[Made]) -> dict[str, float]:
    """By each method, the share of series of which something is said, in a hundred."""
    return {name: 100 * sum(map(method, many)) / len(many) for name, method in METHODS.items()}


def taken_back(many: Sequence[Made]) -> tuple[int, float, float]:
    """How many verdicts of change are given at the meeting before the last, and in a hundred of them how many are the
    opposite at the last, and how many are given no longer."""
    both = [(side_at(made, MONTHS - QUARTER), side_at(made, MONTHS)) for made in many]
    told = [(before, now) for before, now in both if before]
    share = 100 / max(len(told), 1)
    return (
        len(told),
        share * sum(now == -before for before, now in told),
        share * sum(now == 0 for _, now in told),
    )


def side_at(made: Made, months: int) -> int:
    """On which side of the baseline the present is said to be, known up to a month."""
    sizes = None if made.sizes is None else made.sizes[:months].tolist()
    values = made.values[:months].tolist()
    return judge_present(Judgeable(ENDS[:months], values, sizes, "neither", is_seasonal=made.is_seasonal)).side


def line(name: str, share_by_method: dict[str, float]) -> str:
    """A row of the tables."""
    return f"{name:<28}" + "".join(f"{share_by_method[method]:>12.1f}" for method in METHODS)


def main() -> int:
    """Print four tables: false verdicts, steps seen, drifts seen, verdicts that the next meeting is not told any more.

    In the last, a step is six months old at the last month.
    """
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--series", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    dice = np.random.default_rng(asked.seed)
    print(f"In a hundred of {asked.series} series each".ljust(28) + "".join(f"{name:>12}" for name in METHODS))
    print("\nFalse verdicts")
    rows = [seen([make(dice) for _ in range(asked.series)]) for make in KINDS.values()]
    for name, row in zip(KINDS, rows, strict=True):
        print(line(name, row))
    print(line("all of these", {name: sum(row[name] for row in rows) / len(rows) for name in METHODS}))
    for months in (2, 4, 6):
        print(f"\nSeen, of steps of two standard deviations {months} months before")
        for name in STEPS:
            many = [stepped(KINDS[name](dice), months, dice.choice([-1.0, 1.0])) for _ in range(asked.series)]
            print(line(name, seen(many)))
    print("\nSeen, of drifts of two standard deviations over the last year")
    for name in STEPS:
        print(line(name, seen([drifted(KINDS[name](dice), dice.choice([-1.0, 1.0])) for _ in range(asked.series)])))
    print("\nVerdicts of change at the meeting before: told, the opposite at the last, given no longer")
    for name in STEPS:
        stepped_many = [stepped(KINDS[name](dice), 6, dice.choice([-1.0, 1.0])) for _ in range(asked.series)]
        steady = [KINDS[name](dice) for _ in range(asked.series)]
        for label, many in (("a step", stepped_many), ("steady", steady)):
            told, opposite, no_longer = taken_back(many)
            print(f"{f'{name}, {label}':<28}{told:>12}{opposite:>12.1f}{no_longer:>12.1f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
