"""What the commands share: the data home, days as options, and errors said rather than raised."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from improvement_board.declared.home import HOME_VARIABLE, Home, default_home
from improvement_board.errors import InputError

SHOWN_PROBLEMS = 50
STOPPED = "Stopped before it was done; improvement-board editions list shows which editions are published, each whole."
INTERRUPTED_QUERY = "Query interrupted"  # what DuckDB raises where Ctrl-C reaches one of its queries


class IsoDate(click.ParamType[dt.date]):
    """A day as YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The day, or wrong usage."""
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day such as 2026-09-30", param, ctx)


class PublishedFilesCommand(click.Command):
    """A command whose help ends with the published files it reads; the list is read only when the help is asked for."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each publication, and what its download is called there."""
        from improvement_board.benchmarks import attribution, publication_table

        with formatter.section("Files, told by their columns, whatever their names"):
            for file in publication_table():
                formatter.write_text(f"{file.title}:")
                formatter.indent()
                formatter.write_text(file.download)
                formatter.dedent()
        formatter.write_paragraph()
        formatter.write_text(attribution())


HOME_OPTION = click.option(
    "--data",
    "data",
    type=click.Path(path_type=Path, file_okay=False),
    help=f"The data home: plan.toml, editions, benchmarks.parquet, events.csv, aliases.toml. Default: {HOME_VARIABLE}, "
    "else the demonstration council's.",
)


def says_what_is_wrong(command: Callable[..., Any]) -> Callable[..., Any]:
    """A command that prints what is wrong with its input and exits with 1, rather than a traceback."""

    @wraps(command)
    def wrapped(*arguments: Any, **options: Any) -> Any:
        try:
            return command(*arguments, **options)
        except InputError as error:
            click.echo(error.report(SHOWN_PROBLEMS), err=True)
            sys.exit(1)
        except OSError as error:
            click.echo(f"{error.filename or ''}: {error.strerror or error}", err=True)
            sys.exit(1)
        except KeyboardInterrupt:
            click.echo(STOPPED, err=True)
            sys.exit(1)
        except RuntimeError as error:
            if str(error) != INTERRUPTED_QUERY:
                raise
            click.echo(STOPPED, err=True)
            sys.exit(1)

    return wrapped


def home_of(data: Path | None) -> Home:
    """The data home a command works on."""
    return Home(data) if data else default_home()


def stderr_console() -> Console:
    """Where progress is shown: standard error, so that standard output stays clean."""
    return Console(stderr=True)
