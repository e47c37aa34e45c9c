"""The command line, `improvement-board`. Exit code 0: done; 1: the data or input is wrong; 2: wrong usage."""

from __future__ import annotations

import click

import improvement_board
from improvement_board.cli.commands import ALL


@click.group(commands=ALL)
@click.version_option(improvement_board.__version__, prog_name="improvement-board")
def main() -> None:
    """The Improvement Board dashboard: extracts in, editions out, a board's two minutes."""
