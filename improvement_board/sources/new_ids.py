"""The same children under new ids: after a change of the case system a later return has them, and not their old ids.

A child is told by the date of birth, the sex where both returns know it, and the days on which what was still open had
begun. Of those who are alike in all of this each takes another.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from improvement_board.errors import Problem
from improvement_board.sources.findings import Finding


@dataclass(frozen=True)
class Case:
    """What tells a child without an id: birth, sex, and the days on which referrals or episodes began."""

    born: dt.date | None
    sex: str | None
    days: frozenset[dt.date]


def new_ids(earlier: Mapping[str, Case], later: Mapping[str, Case]) -> dict[str, str]:
    """The new id of each child of an earlier return, as far as a later one has one.

    `earlier` are children with something open whom the later return lacks, `later` children of it whom the earlier one
    lacks.
    """
    begun: dict[tuple[dt.date | None, dt.date], list[str]] = defaultdict(list)
    for name in sorted(later):
        for day in later[name].days:
            begun[later[name].born, day].append(name)
    renamed: dict[str, str] = {}
    used: set[str] = set()
    for name in sorted(earlier):
        case = earlier[name]
        same = {candidate for day in case.days if case.born for candidate in begun.get((case.born, day), ())}
        fitting = [candidate for candidate in same - used if not case.sex or later[candidate].sex in (None, case.sex)]
        if fitting:
            renamed[name] = max(sorted(fitting), key=lambda candidate: len(later[candidate].days & case.days))
            used.add(renamed[name])
    return renamed


def tell_new_ids(names: Mapping[str, str], file: Path, later: Path) -> Finding:
    """What is said of children who have new ids in a later return."""
    old, new = next(iter(names.items()))
    message = (
        f"{len(names):,} children whose cases were open are in {later.name} under new ids, such as {old}, now {new}:"
        " taken as the same, and what both have is counted as the later one says. Whether a child whose case was closed"
        " before came back cannot be seen"
    )
    return Finding("ids-changed", "warning", Problem(file, message, value=old, allowed="one id for a child"))
