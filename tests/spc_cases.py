"""The peer's series, and the rules written a second time: slowly, point by point, in fractions."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from improvement_board.spc import SeriesInput
from improvement_board.spc.input_files import read_series

ORACLE = Path(__file__).parent / "oracle"
OPPOSITE = {"increase": "decrease", "decrease": "increase", "neutral": "neutral"}


def oracle_rows(name: str) -> dict[str, list[dict[str, str]]]:
    """The rows of one of the peer's files by series."""
    rows: dict[str, list[dict[str, str]]] = {}
    with (ORACLE / name).open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            rows.setdefault(row["series_id"], []).append(row)
    return rows


def oracle_series() -> dict[str, SeriesInput]:
    return read_series(ORACLE / "inputs.csv", ORACLE / "params.csv")


def months(count: int) -> list[date]:
    return [date(2019 + index // 12, index % 12 + 1, 28) for index in range(count)]


@dataclass(frozen=True)
class Reference:
    """One rebase group: lines, and the special cause type of each value."""

    mean: Fraction | None
    limit: Fraction | None
    causes: list[str]


def reference(values: Sequence[Fraction | None], baseline: int, screen: bool) -> Reference:
    """One rebase group by the eleven rules, with no thought for speed."""
    known = [value for value in values[:baseline] if value is not None]
    if not known:
        return Reference(None, None, ["Common Cause"] * len(values))
    mean = sum(known, Fraction(0)) / len(known)
    ranges = [abs(b - a) for a, b in pairwise(values[:baseline]) if a is not None and b is not None]
    if screen and ranges:
        average = sum(ranges) / len(ranges)
        ranges = [moved for moved in ranges if moved < Fraction("3.267") * average]
    limit = Fraction("2.66") * sum(ranges) / len(ranges) if ranges else None
    causes = [_cause(values, at, mean, limit) for at in range(len(values))]
    return Reference(mean, limit, causes)


def _cause(values: Sequence[Fraction | None], at: int, mean: Fraction, limit: Fraction | None) -> str:
    away = [None if value is None else value - mean for value in values]
    here = away[at]
    if here is None:
        return "Common Cause"
    word = "Above" if here > 0 else "Below"
    if limit is not None and abs(here) > limit:
        return f"{word} {'U' if here > 0 else 'L'}CL"
    if _in_trend(values, at):
        rises = values[at + 1] - values[at] if _in_trend(values, at + 1) else values[at] - values[at - 1]  # type: ignore[operator]
        return f"7 Point Trend ({'Increasing' if rises > 0 else 'Decreasing'})"
    if limit is not None and limit * 2 / 3 < abs(here):
        for window in _windows(away, at, 3):
            close = [d for d in window if d is not None and limit * 2 / 3 < abs(d) <= limit]
            if _one_side(window) and len(close) >= 2:
                return f"2 in 3 {word} CL"
    if any(_one_side(window) for window in _windows(away, at, 7)):
        return f"7 Points {word} CL"
    return "Common Cause"


def _windows(items: Sequence[Fraction | None], at: int, width: int) -> list[Sequence[Fraction | None]]:
    starts = range(max(0, at - width + 1), min(at, len(items) - width) + 1)
    return [items[start : start + width] for start in starts]


def _one_side(window: Sequence[Fraction | None]) -> bool:
    known = [item for item in window if item is not None]
    return len(known) == len(window) and (all(d > 0 for d in known) or all(d < 0 for d in known))


def _in_trend(values: Sequence[Fraction | None], at: int) -> bool:
    if at >= len(values):
        return False
    for window in _windows(values, at, 7):
        if None not in window:
            steps = [b - a for a, b in pairwise(window)]  # type: ignore[operator]
            if all(step > 0 for step in steps) or all(step < 0 for step in steps):
                return True
    return False
