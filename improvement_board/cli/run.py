"""`improvement-board run`, which opens the dashboard, and `access`, which says who a person would be there."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import click

from improvement_board.access.insecure import INSECURE_FLAG, INSECURE_VARIABLE
from improvement_board.cli.options import HOME_OPTION, home_of, says_what_is_wrong
from improvement_board.common.shipped import APP, FOLDER
from improvement_board.declared.home import HOME_VARIABLE


@click.command()
@HOME_OPTION
@click.option(
    INSECURE_FLAG,
    "insecure_local",
    is_flag=True,
    help="Serve a council's own data without sign-in, to this computer alone.",
)
@says_what_is_wrong
def run(data: Path | None, insecure_local: bool) -> None:
    """Open the dashboard in the browser.

    A council's own data is served only with sign-in, or with --insecure-local.
    """
    from improvement_board.dashboard.starting import (
        notes_before_start,
        port_before_start,
        problems_before_start,
        use_secrets_of,
    )
    from improvement_board.editions.shelf import read_shelf
    from improvement_board.errors import InputError

    environment = dict(os.environ)
    if data is not None:
        environment[HOME_VARIABLE] = str(data.resolve())
    environment[INSECURE_VARIABLE] = "1" if insecure_local else "0"
    address = "127.0.0.1" if insecure_local else None
    home = home_of(data.resolve() if data else None)
    shelf = read_shelf(home)
    with contextlib.chdir(FOLDER):  # Streamlit looks for its settings and secrets from there
        secrets = use_secrets_of(home)
        problems = problems_before_start(home, shelf, insecure_local=insecure_local)
        if problems:
            raise InputError(problems)
        port = port_before_start(address)
        for note in notes_before_start(home, shelf):
            click.echo(f"Note: {note}", err=True)
    options = [*(["--server.address", address] if address else []), "--server.port", str(port), *secrets]
    become([sys.executable, "-m", "streamlit", "run", str(APP), *options], environment)


def become(command: list[str], environment: dict[str, str]) -> None:
    """Become the server, so that whatever ends this process ends it too. Windows cannot: there it is waited for."""
    if os.name == "nt":
        sys.exit(subprocess.run(command, env=environment, cwd=FOLDER, check=False).returncode)  # noqa: S603
    os.chdir(FOLDER)
    os.execve(command[0], command, environment)  # noqa: S606


@click.command()
@click.argument("address")
@HOME_OPTION
@click.option("--group", "groups", multiple=True, help="A group the provider says they are in; may be repeated.")
@click.option("--app-role", "app_roles", multiple=True, help="An app role the provider gives them; may be repeated.")
@says_what_is_wrong
def access(address: str, data: Path | None, groups: tuple[str, ...], app_roles: tuple[str, ...]) -> None:
    """Say who a person would be: role, teams, and why.

    ADDRESS is their e-mail address as the identity provider has it. The grants are those of the home's access.toml.
    """
    from improvement_board.access.person import person_lines
    from improvement_board.access.reach import out_of_reach, services_of_teams
    from improvement_board.access.settings import read_access
    from improvement_board.editions.shelf import read_shelf
    from improvement_board.errors import InputError, Problem

    home = home_of(data)
    settings = read_access(home)
    if settings is None:
        raise InputError(Problem(home.access, "is missing: it says who may see what"))
    teams = services_of_teams(read_shelf(home))
    for line in person_lines(home, settings, teams, address, groups, app_roles):
        click.echo(line)
    for doubt in out_of_reach(settings, home, teams):
        click.echo(f"Note: {doubt}", err=True)
