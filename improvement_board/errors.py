"""Errors for the person who can act: what was wrong, where, and what is allowed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SHOWN_PROBLEMS = 10


def printable(text: str) -> str:
    """A text with a space for each letter that is none: a name in a file must not command the terminal it is shown on,
    nor begin a line of a log."""
    return text if text.isprintable() else "".join(letter if letter.isprintable() else " " for letter in text)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in one place.

    `message` is a sentence without the place; the other fields say where (file, sheet, row counted from 1 with the
    header as row 1, column), what stood there, and what is allowed.
    """

    file: str | Path | None
    message: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: object | None = None
    allowed: str | None = None

    def __str__(self) -> str:
        parts = [str(self.file)] if self.file is not None else []
        if self.sheet is not None:
            parts.append(f"sheet {self.sheet}")
        if self.row is not None:
            parts.append(f"line {self.row}")
        if self.column is not None and self.value is not None:
            parts.append(f"{self.column} = {self.value!r}")
        elif self.column is not None:
            parts.append(str(self.column))
        text = f"{', '.join(parts)}: {self.message}" if parts else self.message
        return printable(f"{text} (allowed: {self.allowed})" if self.allowed else text)


class InputError(Exception):
    """The input is wrong and nothing was changed. Holds every problem found, so that they are mended in one go."""

    def __init__(self, problems: Problem | Sequence[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__(self.report())

    def report(self, shown: int = SHOWN_PROBLEMS) -> str:
        """The first problems, one a line, and how many more there are."""
        lines = [str(problem) for problem in self.problems[:shown]]
        more = len(self.problems) - shown
        if more > 0:
            lines.append(f"… and {more} more")
        return "\n".join(lines)


class NotForRoleError(InputError):
    """What was asked for is not for the viewer's role."""
