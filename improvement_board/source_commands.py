"""The commands about sources: `check` tells what is wrong with the files of a folder before they are published."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from improvement_board.command_parts import HOME_OPTION, IsoDate, home_of, says_what_is_wrong, stderr_console
from improvement_board.progress import progress_bar

if TYPE_CHECKING:
    from improvement_board.checks.report import CheckReport
    from improvement_board.supply import Supply


@click.command()
@click.argument("source", type=click.Path(path_type=Path, file_okay=False))
@HOME_OPTION
@click.option("--edition", type=IsoDate(), help="The edition's date, the last day of its data.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="A folder for report.html, findings.csv and rejects.csv.",
)
@says_what_is_wrong
def check(source: Path, data: Path | None, edition: dt.date | None, out: Path | None) -> None:
    """Say what is wrong with a folder of sources.

    Reads SOURCE as build does and publishes nothing. Exits with 0 where it could be published, with 1 where something
    stops it. The data home's folder of checks, if it has one, is asked too.
    """
    from rich.console import Console

    from improvement_board.checks.terminal import print_report
    from improvement_board.supply import supply

    with TemporaryDirectory(prefix="improvement-board-check-") as work:
        with progress_bar(stderr_console()) as report:
            found = supply(source, Path(work), edition, home_of(data).checks, report)
            told = _report(source, found)
        if out is not None:
            _write(told, found, source, out)
        print_report(told, Console())
    if out is not None:
        click.echo(f"Wrote report.html, findings.csv and rejects.csv in {out}")
    sys.exit(0 if told.can_be_published else 1)


def _report(source: Path, found: Supply) -> CheckReport:
    from improvement_board.checks.report import make_report
    from improvement_board.kpis import load_library
    from improvement_board.sources.partial import still_needed
    from improvement_board.supply import source_records

    library, ready = load_library(), found.gathered.extracts.keys()
    needs = {one.id: still_needed(one, found.formats) for one in library.values()}
    computed = {one.id for one in library.values() if one.id in ready or (one.has_query and not needs[one.id])}
    return make_report(
        source,
        found.edition,
        found.gathered.findings,
        found.outcome,
        source_records(found),
        [(one, needs[one.id]) for one in library.values() if one.id not in computed],
        len(computed),
        [one.file for one in found.gathered.files if one.format is None],
    )


def _write(told: CheckReport, found: Supply, source: Path, out: Path) -> None:
    from improvement_board.checks.csv_files import write_findings, write_rejects
    from improvement_board.checks.page import html_page
    from improvement_board.files import write_whole

    write_whole(out / "report.html", html_page(told))
    write_findings(told, out / "findings.csv")
    write_rejects(found.gathered.findings, found.outcome.rejects, source, out / "rejects.csv")


ALL = (check,)
