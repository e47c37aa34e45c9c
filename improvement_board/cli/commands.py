"""The commands of `improvement-board`, each a thin door to the package."""

from __future__ import annotations

from pathlib import Path

import click

from improvement_board.cli.build import build, check
from improvement_board.cli.editions import editions
from improvement_board.cli.export import export
from improvement_board.cli.options import (
    HOME_OPTION,
    PublishedFilesCommand,
    home_of,
    says_what_is_wrong,
    stderr_console,
)
from improvement_board.cli.run import access, run
from improvement_board.cli.store import store
from improvement_board.common.progress import progress_bar

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FILE_OR_FOLDER = click.Path(exists=True, path_type=Path)


@click.command()
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
@click.option("--seed", type=int, default=20190401, show_default=True, help="Another seed, another council.")
@says_what_is_wrong
def demo(out: Path, seed: int) -> None:
    """Write the demonstration council's record-level tables.

    They go into OUT, one folder for each edition date. Everything in them is synthetic. Between the folders some events
    are recorded late, as in a real council.
    """
    from improvement_board.demo import write_demo

    with progress_bar(stderr_console()) as report:
        write_demo(out, seed=seed, progress=report)
    click.echo(f"Wrote {', '.join(sorted(folder.name for folder in out.iterdir() if folder.is_dir()))} in {out}")


@click.command(cls=PublishedFilesCommand)
@click.argument("files", nargs=-1, required=True, type=FILE_OR_FOLDER)
@HOME_OPTION
@says_what_is_wrong
def benchmarks(files: tuple[Path, ...], data: Path | None) -> None:
    """Read published statistics into benchmarks.parquet.

    FILES are the downloads, or folders of them. The data home's plan names the council.
    """
    from improvement_board.benchmarks import make_benchmarks

    with progress_bar(stderr_console()) as report:
        summary = make_benchmarks(files, home_of(data).folder, progress=report)
    click.echo(summary.text())


@click.command(cls=PublishedFilesCommand)
@click.argument("files", nargs=-1, required=True, type=FILE_OR_FOLDER)
@click.option("--authority", required=True, help="The authority's name, GSS code or three-digit number.")
@HOME_OPTION
@says_what_is_wrong
def published(files: tuple[Path, ...], authority: str, data: Path | None) -> None:
    """Make a data home for an authority from published statistics.

    FILES are the downloads, or folders of them. A new home is made whole; one made so before gets a further edition.
    """
    from improvement_board.building.published_home import make_published_home

    with progress_bar(stderr_console()) as report:
        summary = make_published_home(files, authority, home_of(data).folder, progress=report)
    click.echo(summary.text())


@click.command()
@click.argument("inputs", type=FILE)
@click.argument("params", type=FILE)
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="The folder to write to.")
@says_what_is_wrong
def spc(inputs: Path, params: Path, out: Path) -> None:
    """Judge series by control charts, from CSV to CSV.

    The series are in INPUTS, their settings in PARAMS; computed.csv and icons.csv are written.
    """
    from improvement_board.spc import judge_files

    judge_files(inputs, params, out)
    click.echo(f"Wrote computed.csv and icons.csv in {out}")


@click.command()
@click.argument("names", nargs=-1, metavar="NAME...")
@click.option("--all", "everything", is_flag=True, help="A template of every local table.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    show_default="this folder",
    help="The folder to write to.",
)
@click.option("--csv", "as_csv", is_flag=True, help="The header alone, as CSV.")
@says_what_is_wrong
def template(names: tuple[str, ...], everything: bool, out: Path, as_csv: bool) -> None:
    """Write blank workbooks to fill for local tables.

    NAME is a table of queries/tables.toml, such as audits. The workbook has a sheet that explains each column. A file
    that is there already is left as it is.
    """
    from improvement_board.records.templates import local_tables, write_templates

    if not names and not everything:
        raise click.UsageError("Give the names of tables, or --all.")
    files = write_templates(tuple(local_tables()) if everything else names, out, as_csv=as_csv)
    click.echo(f"Wrote {', '.join(file.name for file in files)} in {out}")


ALL = (demo, build, check, benchmarks, published, export, editions, template, spc, run, access, store)
