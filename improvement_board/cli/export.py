"""The command that writes the figures of an edition."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from improvement_board.access.roles import ROLES
from improvement_board.cli.options import HOME_OPTION, IsoDate, home_of, says_what_is_wrong

KINDS = ("category", "month", "quarter", "year")


@click.command()
@HOME_OPTION
@click.option("--edition", help="The edition, such as 2026-09-30 or 2026-09-30.2. Default: the latest.")
@click.option("--kpi", "kpis", multiple=True, help="A KPI; may be given several times. Default: all of the edition.")
@click.option("--team", help="One team. Default: the whole service.")
@click.option("--from", "first", type=IsoDate(), help="The first period's last day.")
@click.option("--to", "last", type=IsoDate(), help="The last period's last day.")
@click.option("--level", type=click.Choice(["service", "team", "worker"]), default="service", show_default=True)
@click.option(
    "--by",
    "by",
    type=click.Choice(KINDS),
    multiple=True,
    help="Split by the KPI's own category too; by which periods (default: those that pages show).",
)
@click.option(
    "--as",
    "role",
    type=click.Choice([one for one in ROLES if one != "auditor"]),
    default="analyst",
    show_default=True,
    help="What this role may download.",
)
@click.option("--own-team", "own_teams", multiple=True, help="A manager's own team; may be given several times.")
@click.option("--own-service", "own_services", multiple=True, help="A manager's own service; likewise.")
@click.option("-o", "out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The CSV to write.")
@says_what_is_wrong
def export(
    data: Path | None,
    edition: str | None,
    kpis: tuple[str, ...],
    team: str | None,
    first: dt.date | None,
    last: dt.date | None,
    level: str,
    by: tuple[str, ...],
    role: str,
    own_teams: tuple[str, ...],
    own_services: tuple[str, ...],
    out: Path,
) -> None:
    """Write figures of an edition as CSV.

    They are the same rows that the pages' downloads give to a person in the role: exact ones for members, if the data
    home's access.toml says so.
    """
    from improvement_board.access.settings import read_access
    from improvement_board.access.viewer import Viewer
    from improvement_board.common.files import write_whole
    from improvement_board.errors import InputError, Problem
    from improvement_board.figures.export_request import ExportRequest
    from improvement_board.page_models import Board
    from improvement_board.page_models.export import LEVELS, PERIODS
    from improvement_board.words import NOT_WORKED_OUT

    periods = [one for one in PERIODS if one in by]
    if len(periods) > 1:
        raise click.UsageError("--by takes one kind of period: month, quarter or year")
    if (own_teams or own_services) and role != "manager":
        raise click.UsageError("--own-team and --own-service are for --as manager")
    board = Board(home_of(data))
    access = read_access(board.home)
    viewer = Viewer(
        name="export",
        role=next(one for one in ROLES if one == role),
        teams=frozenset(own_teams),
        services=frozenset(own_services),
        sees_exact=access is not None and access.board_sees_exact,
    )
    if edition is not None and edition not in board.editions():
        allowed = ", ".join(board.editions())
        raise InputError(
            Problem(board.home.editions, "is not an edition", column="edition", value=edition, allowed=allowed)
        )
    desk, passed_over = board.desk(viewer, edition)
    if passed_over and edition is not None:  # never another edition's figures in place of those asked for
        raise InputError(passed_over)
    for problem in passed_over:
        click.echo(f"Passed over: {problem}", err=True)
    if not desk.store.is_known:
        click.echo(NOT_WORKED_OUT, err=True)
    chosen = next(one for one in LEVELS if one == level)
    period = periods[0] if periods else None
    request = ExportRequest(kpis, team, first, last, chosen, by_category="category" in by, by=period)
    download = board.export(viewer, edition, request)
    write_whole(out, download.text)
    click.echo(f"Wrote {out}")
