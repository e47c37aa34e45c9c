"""A progress bar on the terminal for work that takes more than a moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn


class Report(Protocol):
    """Takes what is being done, and where they are known how many steps are done and how many there are."""

    def __call__(self, what: str, done: int | None = None, of: int | None = None) -> None:
        """Show the step."""


def report_nothing(what: str, done: int | None = None, of: int | None = None) -> None:
    """Report nothing."""


@contextmanager
def progress_bar(console: Console) -> Iterator[Report]:
    """Gives a function to report progress to; the bar goes when the work is done."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Starting", total=None)

        def report(what: str, done: int | None = None, of: int | None = None) -> None:
            progress.update(task, description=what, completed=done or 0, total=of)

        yield report
