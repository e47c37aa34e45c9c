"""The command that writes the figures of an edition."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from improvement_board.access.roles import ROLES
from improvement_board.cli.options import HOME_OPTION, IsoDate, home_of, says_what_is_wrong

if TYPE_CHECKING:
    from improvement_board.access.viewer import Viewer
    from improvement_board.declared.home import Home
    from improvement_board.page_models import Look, Run

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
@click.option("--category", help="One of the KPI's own categories alone.")
@click.option(
    "--as",
    "role",
    type=click.Choice([known for known in ROLES if known != "auditor"]),
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
    category: str | None,
    role: str,
    own_teams: tuple[str, ...],
    own_services: tuple[str, ...],
    out: Path,
) -> None:
    """Write figures of an edition as CSV.

    They are the same rows that the pages' downloads give to a person in the role: exact ones for members, if the data
    home's access.toml says so.
    """
    from improvement_board.common.files import write_whole
    from improvement_board.figures.export_request import ExportRequest
    from improvement_board.page_models import Board, Run
    from improvement_board.page_models.export import LEVELS, PERIODS

    periods = [known for known in PERIODS if known in by]
    if len(periods) > 1:
        raise click.UsageError("--by takes one kind of period: month, quarter or year")
    if (own_teams or own_services) and role != "manager":
        raise click.UsageError("--own-team and --own-service are for --as manager")
    home = home_of(data)
    look = _look_at(Run(Board(home)), _viewer(home, role, own_teams, own_services), edition)
    chosen = next(known for known in LEVELS if known == level)
    period = periods[0] if periods else None
    request = ExportRequest(kpis, team, first, last, chosen, "category" in by, period, category)
    write_whole(out, look.export(request).text)
    click.echo(f"Wrote {out}")


def _viewer(home: Home, role: str, own_teams: Iterable[str], own_services: Iterable[str]) -> Viewer:
    """Somebody in a role, as the home's access.toml has it for its board."""
    from improvement_board.access.settings import read_access
    from improvement_board.access.viewer import Viewer

    access = read_access(home)
    return Viewer(
        name="export",
        role=next(known_role for known_role in ROLES if known_role == role),
        teams=frozenset(own_teams),
        services=frozenset(own_services),
        sees_exact=access is not None and access.board_sees_exact,
    )


def _look_at(run: Run, viewer: Viewer, edition: str | None) -> Look:
    """The edition that is asked for, and never another in its place; else the latest, with a word of those passed over.

    Raises InputError where it is not there or cannot be opened.
    """
    from improvement_board.errors import InputError, Problem
    from improvement_board.page_models import Address
    from improvement_board.words import NOT_WORKED_OUT

    if edition is not None and edition not in run.shelf.served:
        editions_folder, allowed = run.board.home.editions, ", ".join(run.shelf.served)
        raise InputError(
            Problem(editions_folder, "is not an edition", column="edition", value=edition, allowed=allowed)
        )
    look = run.look(viewer, Address(edition=edition))
    if look.passed_over and edition is not None:
        raise InputError(look.passed_over)
    for problem in look.passed_over:
        click.echo(f"Passed over: {problem}", err=True)
    if not look.desk.store.is_known:
        click.echo(NOT_WORKED_OUT, err=True)
    return look
