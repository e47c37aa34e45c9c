"""Children whom a later return has under new ids, see `sources/new_ids.py`: their rows of earlier returns get them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path

from improvement_board.sources.findings import Findings
from improvement_board.sources.identities import Writings
from improvement_board.sources.new_ids import Case, new_ids, tell_new_ids
from improvement_board.sources.ssda903.returns import Return
from improvement_board.sources.ssda903.shelf import Shelf


@dataclass
class Looked:
    """The children of one return: birth and sex, the days on which episodes began, and those of episodes still open."""

    born: dict[str, date] = field(default_factory=dict)
    sex: dict[str, str] = field(default_factory=dict)
    begun: dict[str, set[date]] = field(default_factory=lambda: defaultdict(set))
    still_open: dict[str, set[date]] = field(default_factory=lambda: defaultdict(set))

    def case(self, child: str, days: set[date]) -> Case:
        """What tells a child."""
        return Case(self.born.get(child), self.sex.get(child), frozenset(days))


def settle_new_ids(
    shelf: Shelf, files: Sequence[Path], returns: Sequence[Return], children: Writings, findings: Findings
) -> None:
    """Give children their new ids in the rows of earlier returns, and say so."""
    by_day = _looked(shelf, returns)
    names: dict[str, str] = {}
    for earlier_day, later_day in pairwise(sorted(by_day)):
        earlier, later = by_day[earlier_day], by_day[later_day]
        gone = {one: earlier.case(one, days) for one, days in earlier.still_open.items() if one not in later.begun}
        come = {one: later.case(one, days) for one, days in later.begun.items() if one not in earlier.begun}
        found = new_ids(gone, come)
        if found:
            places = {one.day: file for file, one in zip(files, returns, strict=True)}
            findings.add(tell_new_ids(found, places[earlier_day], places[later_day].parent))
        names |= found
    shelf.rename({old: _last(names, old) for old in names})
    for file in files if names else ():
        children.rename(str(file), {old: _last(names, old) for old in names})


def _last(names: Mapping[str, str], name: str) -> str:
    """The newest id of a child: ids may change more than once."""
    seen = {name}
    while name in names and names[name] not in seen:
        name = names[name]
        seen.add(name)
    return name


def _looked(shelf: Shelf, returns: Sequence[Return]) -> dict[date, Looked]:
    found: dict[date, Looked] = defaultdict(Looked)
    for child, place, born, sex in shelf.facts("Header", "DOB", "SEX"):
        looked = found[returns[place].day]
        if born:
            looked.born[child] = born
        if sex:
            looked.sex[child] = sex
    for child, place, start, end in shelf.facts("Episodes", "DECOM", "DEC"):
        day = returns[place].day
        found[day].begun[child].add(start)
        if end is None or end > day:
            found[day].still_open[child].add(start)
    return {day: looked for day, looked in found.items() if looked.begun}
