"""What an adapter is: it knows its files by their content, and gives their rows as record-level tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from improvement_board.common.progress import Report
from improvement_board.sources.findings import Findings
from improvement_board.sources.identities import Identities
from improvement_board.sources.staging import Staging


@dataclass(frozen=True)
class ReadingOptions:
    """How to read: the edition's day (nothing later is known yet), day-first dates, and settings of the format.

    `identities` gives the id of each child and worker, the same for all sources however they write it.
    """

    edition: date
    day_first: bool = True
    settings: Mapping[str, object] = field(default_factory=dict)
    identities: Identities = field(default_factory=Identities)


class Adapter(Protocol):
    """One format.

    `name` is its id in sources.toml (cin_census, csww_census, ssda903, annex_a, ssd, local, kpi_extract), `title` its
    name for people.
    """

    name: str
    title: str

    def recognises(self, file: Path) -> bool:
        """Whether a file is of this format, by a look at its beginning: never by its name alone, never raising."""

    def read(
        self, files: Sequence[Path], staging: Staging, findings: Findings, options: ReadingOptions, progress: Report
    ) -> None:
        """Add the rows of the files to the staging tables.

        What is wrong with a row goes to findings, not raised; a file that cannot be read at all is a finding of
        severity stop. Streams: never a whole large file in memory.
        """
