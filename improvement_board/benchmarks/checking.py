"""Checks on the figures that were read: each is a query, and the rows it returns are the failures."""

from __future__ import annotations

from collections.abc import Mapping

from improvement_board.benchmarks.aliases import Aliases
from improvement_board.benchmarks.engine import Engine
from improvement_board.errors import InputError, Problem


def check_figures(engine: Engine, aliases: Aliases, files: Mapping[str, str]) -> None:
    """Raise InputError for every value that is no number, symbol or possible figure, and every row that is repeated.

    `files` is the name of the file of each publication.
    """
    symbols = ", ".join(aliases.symbols)
    problems = []
    for publication, measure, line, area, period_end, text in engine.run("unreadable"):
        where = f"{measure} of {area}, {period_end}"
        message = "is neither a possible figure nor a known symbol; symbols are declared in aliases.toml"
        problems.append(Problem(files[publication], message, None, line, where, text, f"a number, or {symbols}"))
    for publication, measure, area, period_end, lines in engine.run("repeated"):
        there = ", ".join(str(line) for line in lines if line is not None)
        message = f"{area} is there more than once for {period_end}" + (f", on the lines {there}" if there else "")
        problems.append(Problem(files[publication], message, column=measure))
    if problems:
        raise InputError(problems)
