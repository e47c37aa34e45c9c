"""Children whom a later workbook has under new ids, see `sources/new_ids.py`: their rows get the new ids."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from improvement_board.sources.annex_a.cells import Values
from improvement_board.sources.findings import Findings
from improvement_board.sources.identities import Writings
from improvement_board.sources.new_ids import Case, new_ids, tell_new_ids

LISTS_OF_CASES = (6, 7, 8)  # in need, protection plans, in care: a row has the day on which the case began


@dataclass
class NewIds:
    """The children of the workbooks looked at so far, from the latest to the earliest, by the ids that are used."""

    children: Writings
    names: dict[str, str] = field(default_factory=dict)
    later: dict[str, Case] = field(default_factory=dict)
    latest: Path | None = None

    def look(self, file: Path, rows: Iterable[Values], findings: Findings) -> None:
        """Take the rows of a workbook's lists of cases, and find out which of its children have new ids."""
        begun: dict[str, set[dt.date]] = defaultdict(set)
        is_open: dict[str, set[dt.date]] = defaultdict(set)
        about: dict[str, Values] = {}
        for values in rows:
            child = self.name_of(values, file)
            about.setdefault(child, values)
            begun[child].add(values["start"])
            if values["end"] is None:
                is_open[child].add(values["start"])
        here = {
            child: Case(person["birth_date"], person["sex"], frozenset(begun[child])) for child, person in about.items()
        }
        gone = {
            child: Case(here[child].born, here[child].sex, frozenset(days))
            for child, days in is_open.items()
            if child not in self.later
        }
        renamed = new_ids(gone, {child: case for child, case in self.later.items() if child not in here})
        if renamed and self.latest:
            findings.add(tell_new_ids(renamed, file, self.latest))
        self.names |= renamed
        self.children.rename(str(file), self.names)
        self.later |= {self.names.get(child, child): case for child, case in here.items()}
        self.latest = self.latest or file

    def name_of(self, values: Values, file: Path) -> str:
        """The id to use for a row's child."""
        child = self.children.take(values["child"], str(file), values["birth_date"])
        return self.names.get(child, child)
