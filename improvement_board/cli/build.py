"""The commands about sources: `check` says what is wrong with the files of a folder, `build` publishes them too."""

from __future__ import annotations

import datetime as dt
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from improvement_board.cli.options import HOME_OPTION, IsoDate, home_of, says_what_is_wrong, stderr_console
from improvement_board.common.progress import progress_bar
from improvement_board.declared.home import Home, shipped_home
from improvement_board.errors import InputError

if TYPE_CHECKING:
    from improvement_board.building.supply import Supply
    from improvement_board.checks.report import CheckReport
    from improvement_board.declared.plan import Council


SAID_SYNTHETIC = """
WARNING: the plan says synthetic = true, and these records were not made by this program.
They are treated as a council's own: nobody sees them without sign-in, small numbers are protected, workers stand under
pseudonyms, and no page calls them synthetic. Write synthetic = false into the plan.
"""
SOURCE = click.argument("source", type=click.Path(path_type=Path, file_okay=False))
EDITION = click.option("--edition", type=IsoDate(), help="The edition's date, the last day of its data.")
OUT = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="A folder for report.html, findings.csv and rejects.csv.",
)


@click.command()
@SOURCE
@HOME_OPTION
@EDITION
@OUT
@says_what_is_wrong
def build(source: Path, data: Path | None, edition: dt.date | None, out: Path | None) -> None:
    """Compute every KPI from a folder of sources and publish an edition.

    SOURCE is a folder of any mix of: children in need and workforce censuses, SSDA903 returns, Annex A workbooks,
    tables of the Standard Safeguarding Dataset, local tables, ready KPI extracts. A KPI whose tables are absent is left
    out and listed with what it needs. Checks come first: rows with errors are kept out, and what is too wrong is not
    published.
    """
    from improvement_board.building.build import build as build_edition
    from improvement_board.checks.terminal import worst_lines

    reports: list[CheckReport] = []

    def look(supplied: Supply) -> None:
        told = _report(source, supplied)
        reports.append(told)
        if out is not None:
            _write(told, supplied, source, out)

    try:
        with progress_bar(stderr_console()) as report:
            summary = build_edition(source, home_of(data), edition, report, look)
    except InputError:  # "mend what the errors say": say them
        for told in reports:
            for line in worst_lines(told, "error"):
                click.echo(line, err=True)
        raise
    click.echo(f"Published edition {summary.edition} with {len(summary.kpis)} KPIs")
    if summary.is_said_synthetic:
        click.secho(SAID_SYNTHETIC, err=True, bold=True)
    for told in reports:
        click.echo(f"  Checked: {told.verdict.partition(': ')[2]}{_where(out, source)}")
        for line in worst_lines(told):
            click.echo(f"  {line}")
    for kpi, note in summary.notes.items():
        click.echo(f"  {kpi}: {note}")
    for line in summary.lost:
        click.secho(f"WARNING: no longer given, unlike in the edition {summary.before}: {line}", bold=True, err=True)
    for kpi, tables in summary.missing.items():
        needs = f"needs {', '.join(tables)}" if tables else "known from published figures only"
        click.echo(f"  left out: {kpi} ({needs})")


def _where(out: Path | None, source: Path) -> str:
    return f" See {out / 'report.html'}" if out else f" For the report: improvement-board check {source}"


@click.command()
@SOURCE
@HOME_OPTION
@EDITION
@OUT
@says_what_is_wrong
def check(source: Path, data: Path | None, edition: dt.date | None, out: Path | None) -> None:
    """Say what is wrong with a folder of sources.

    Reads SOURCE as build does and publishes nothing. Exits with 0 where it could be published, with 1 where something
    stops it. The data home's folder of checks, if it has one, is asked too.
    """
    from rich.console import Console

    from improvement_board.building.supply import supply
    from improvement_board.checks.terminal import print_report

    with TemporaryDirectory(prefix="improvement-board-check-") as work:
        with progress_bar(stderr_console()) as report:
            home = home_of(data)
            supplied = supply(source, Path(work), edition, home.checks, report, _council(home))
            told = _report(source, supplied)
        if out is not None:
            _write(told, supplied, source, out)
        print_report(told, Console())
    if out is not None:
        click.echo(f"Wrote report.html, findings.csv and rejects.csv in {out}")
    sys.exit(0 if told.can_be_published else 1)


def _council(home: Home) -> Council | None:
    """Whose returns a home is for: nobody's where its plan cannot be read, or no home was named."""
    from improvement_board.declared.kpis import load_library
    from improvement_board.declared.plan_file import read_plan

    if home == shipped_home():
        return None
    with suppress(InputError):
        return read_plan(home.plan, load_library()).council
    return None


def _report(source: Path, supplied: Supply) -> CheckReport:
    from improvement_board.building.supply import source_records
    from improvement_board.checks.report import make_report
    from improvement_board.declared.kpis import load_library

    library, ready = load_library(), supplied.gathered.extracts.keys()
    needs = {definition.id: supplied.needs(definition) for definition in library.values()}
    computed = {
        definition.id
        for definition in library.values()
        if definition.id in ready or (definition.has_query and not needs[definition.id])
    }
    return make_report(
        source,
        supplied.edition,
        supplied.gathered.findings,
        supplied.outcome,
        source_records(supplied),
        [(definition, needs[definition.id]) for definition in library.values() if definition.id not in computed],
        len(computed),
        [definition.file for definition in supplied.gathered.files if definition.format is None],
    )


def _write(told: CheckReport, supplied: Supply, source: Path, out: Path) -> None:
    from improvement_board.checks.csv_files import write_findings, write_rejects
    from improvement_board.common.files import write_whole
    from improvement_board.document.check_report import html_page

    write_whole(out / "report.html", html_page(told))
    write_findings(told, out / "findings.csv")
    write_rejects(supplied.gathered.findings, supplied.outcome.rejects, source, out / "rejects.csv")


ALL = (build, check)
