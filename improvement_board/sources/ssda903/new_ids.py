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
        gone = {each: earlier.case(each, days) for each, days in earlier.still_open.items() if each not in later.begun}
        come = {each: later.case(each, days) for each, days in later.begun.items() if each not in earlier.begun}
        renamed = new_ids(gone, come)
        if renamed:
            places = {each.day: file for file, each in zip(files, returns, strict=True)}
            findings.add(tell_new_ids(renamed, places[earlier_day], places[later_day].parent))
        names |= renamed
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
    by_day: dict[date, Looked] = defaultdict(Looked)
    for child, file_number, born, sex in shelf.facts("Header", "DOB", "SEX"):
        looked = by_day[returns[file_number].day]
        if born:
            looked.born[child] = born
        if sex:
            looked.sex[child] = sex
    for child, file_number, start, end in shelf.facts("Episodes", "DECOM", "DEC"):
        day = returns[file_number].day
        by_day[day].begun[child].add(start)
        if end is None or end > day:
            by_day[day].still_open[child].add(start)
    return {day: looked for day, looked in by_day.items() if looked.begun}
