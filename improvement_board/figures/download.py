"""A file that a page or command gives out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

CSV_SUFFIX, SVG_SUFFIX = ".csv", ".svg"  # of the names of files, by which their kinds are told


@dataclass(frozen=True)
class Download:
    """A file to save: its name, and what writes its text once somebody saves it."""

    file_name: str
    write: Callable[[], str]

    @property
    def text(self) -> str:
        """What the file holds, written anew each time it is asked for."""
        return self.write()
