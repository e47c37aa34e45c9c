"""One child is one child, and one worker one worker, however the files of an edition write the id.

Adapters ask `Identities` for the id of each child and worker: the writing that was read first is taken for all. What
was written in another way is counted, and told once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from improvement_board.errors import Problem
from improvement_board.records.identifiers import canonical, tidy
from improvement_board.sources.findings import Finding


@dataclass
class Writings:
    """The ids of children, or of workers. `by_file` has those of each file, as taken, `by_source` those of the sources
    that are tables."""

    of: str
    by_file: dict[str, set[str]] = field(default_factory=dict)
    by_source: dict[str, set[str]] = field(default_factory=dict)
    taken: dict[str, str] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)
    born: dict[str, dt.date] = field(default_factory=dict)
    first_in: dict[str, str] = field(default_factory=dict)
    varied: dict[str, tuple[str, str]] = field(default_factory=dict)
    apart: dict[str, str] = field(default_factory=dict)

    def take(self, written: str, file: str, born: dt.date | None = None) -> str:
        """The id to use for one that is written so in a file.

        Two writings with different dates of birth are two children, and keep what is written.
        """
        chosen = self.taken.get(written) or self._choose(written, file, born)
        if born and chosen not in self.born:
            self.born[chosen] = born
        self.by_file.setdefault(file, set()).add(chosen)
        return chosen

    def known(self, written: str) -> str | None:
        """The id that is used for such a writing, None where no file has any."""
        return self.taken.get(written) or self.chosen.get(canonical(written))

    def rename(self, file: str, names: Mapping[str, str]) -> None:
        """Say that children of a file are known under other ids."""
        self.by_file[file] = {names.get(name, name) for name in self.by_file.get(file, ())}

    def rename_all(self, names: Mapping[str, str]) -> None:
        """Say that people of every file are known under other ids."""
        for file in self.by_file if names else ():
            self.rename(file, names)

    def keep_apart(self, written: str, other: str) -> None:
        """Say that two writings are of two: each stays as it is written."""
        self.apart[written] = other
        self.taken[written] = written

    def note_varied(self, written: str, chosen: str, file: str) -> None:
        """Note that a file writes an id otherwise than it is taken."""
        self.varied.setdefault(written, (chosen, file))

    def _choose(self, written: str, file: str, born: dt.date | None) -> str:
        same = canonical(written)
        choice = self.chosen.get(same)
        if choice is not None and born and self.born.get(choice, born) != born:
            self.apart[written] = choice
            choice = None
        if choice is None:
            choice = written if written in self.apart else tidy(written)
            self.first_in.setdefault(choice, file)
        elif choice != written:
            self.note_varied(written, choice, file)
        self.taken[written] = choice
        self.chosen.setdefault(same, choice)
        return choice

    def findings(self) -> Iterator[Finding]:
        """What is to be said: once that ids are written in several ways, and once that some are kept apart."""
        if self.varied:
            written, (chosen, file) = next(iter(self.varied.items()))
            first = self.first_in.get(chosen)
            where = f" in {Path(first).name}" if first else ""
            message = (
                f"{len(self.varied):,} ids of {self.of} are written otherwise than in other places, such as {written}"
                f" for {chosen}{where}: each is taken as one"
            )
            yield self._finding("ids-written-differently", message, file, written)
        if self.apart:
            written, chosen = next(iter(self.apart.items()))
            message = (
                f"{len(self.apart):,} ids of {self.of} differ from another only in capitals, leading zeros or spaces,"
                f" such as {written} and {chosen}, and stand for different ones: kept apart, as each is written"
            )
            yield self._finding("ids-kept-apart", message, self.first_in.get(chosen, ""), written)

    def _finding(self, rule: str, message: str, file: str, written: str) -> Finding:
        allowed = "each id written in one way in every file"
        return Finding(rule, "warning", Problem(file or None, message, value=written, allowed=allowed))


@dataclass
class Identities:
    """The ids of all sources of an edition."""

    children: Writings = field(default_factory=lambda: Writings("children"))
    workers: Writings = field(default_factory=lambda: Writings("workers"))

    def findings(self) -> Iterator[Finding]:
        """What is to be said of them."""
        yield from self.children.findings()
        yield from self.workers.findings()
