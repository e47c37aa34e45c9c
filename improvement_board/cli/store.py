"""`improvement-board store`: what the board keeps between its meetings, checked, saved and taken back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from improvement_board.cli.options import HOME_OPTION, home_of, says_what_is_wrong

if TYPE_CHECKING:
    from improvement_board.ledger import Ledger

NEW_FILE = click.Path(dir_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def store() -> None:
    """Check, back up and restore what a board keeps: findings, actions, questions, voices."""


@store.command()
@HOME_OPTION
@says_what_is_wrong
def check(data: Path | None) -> None:
    """Say what is wrong in the ledger, or how much it holds. Exits with 1 where something is."""
    from improvement_board.errors import InputError
    from improvement_board.ledger.checking import check_ledger

    ledger = _ledger(data)
    problems = check_ledger(ledger)
    if problems:
        raise InputError(problems)
    current = ledger.current()
    click.echo(f"{ledger.database.name}: {len(current)} entries, {len(ledger.every())} versions, nothing wrong")


@store.command()
@click.argument("file", type=NEW_FILE)
@HOME_OPTION
@says_what_is_wrong
def backup(file: Path, data: Path | None) -> None:
    """Write every version of every entry into FILE, which may not be there yet."""
    from improvement_board.ledger.backup import write_backup

    click.echo(f"Wrote {write_backup(_ledger(data), file):,} versions into {file}")


@store.command()
@click.argument("file", type=FILE)
@HOME_OPTION
@says_what_is_wrong
def restore(file: Path, data: Path | None) -> None:
    """Take every version in FILE, a backup, into a ledger that is empty: of this engine or the other."""
    from improvement_board.ledger.backup import restore_backup

    ledger = _ledger(data)
    click.echo(f"Took {restore_backup(ledger, file):,} versions into {ledger.database.name}")


def _ledger(data: Path | None) -> Ledger:
    from improvement_board.ledger import Ledger, ledger_of

    return Ledger(ledger_of(home_of(data)))
