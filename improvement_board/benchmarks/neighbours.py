"""The statistical neighbour model: the ten authorities most like each authority."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from improvement_board.benchmarks.files import NEIGHBOURS, Recognised
from improvement_board.benchmarks.tabular import Cell, read_csv_rows
from improvement_board.errors import InputError, Problem

NUMBER = re.compile(r"(\d{3})(?:\.0)?")


def read_neighbours(file: Recognised) -> dict[str, tuple[str, ...]]:
    """Ten neighbours by authority, all as three-digit numbers, nearest first.

    In a spreadsheet the list ends at the first empty row: older models may follow below. Raises InputError naming the
    line for a number that cannot be one, a missing or repeated neighbour, an authority that is its own neighbour.
    """
    model: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for line, cells in _rows(file):
        number = _number(cells[file.places["la_number"]])
        neighbours = [_number(cells[file.places[f"neighbour_{n}"]]) for n in range(1, NEIGHBOURS + 1)]
        known = tuple(neighbour for neighbour in neighbours if neighbour is not None)
        if number is None:
            value = cells[file.places["la_number"]]
            problems.append(Problem(file.file.name, "is not an authority's number", None, line, "authority", value))
        elif number in model:
            problems.append(Problem(file.file.name, "the authority is there twice", None, line, "authority", number))
        elif len(set(known)) < NEIGHBOURS or number in known:
            message = f"does not have {NEIGHBOURS} different neighbours"
            problems.append(Problem(file.file.name, message, None, line, "authority", number))
        else:
            model[number] = known
    if not model and not problems:
        problems.append(Problem(file.file.name, "has no authority"))
    if problems:
        raise InputError(problems)
    return model


def _rows(file: Recognised) -> Iterator[tuple[int, Sequence[Cell]]]:
    width = max(file.places.values()) + 1
    if file.file.suffix.lower() == ".csv":
        for line, row in read_csv_rows(file.file):
            yield line, [*row, *[""] * width]
        return
    for line, cells in file.table.rows:
        if all(cell in ("", None) for cell in cells):
            return
        yield line, [*cells, *[""] * width]


def _number(cell: Cell) -> str | None:
    match = NUMBER.fullmatch(str(cell).strip())
    return match[1] if match else None


def one_model(models: Sequence[tuple[Recognised, Mapping[str, tuple[str, ...]]]]) -> Mapping[str, tuple[str, ...]]:
    """The one model of the files given: several may hold it, if they agree on the order too.

    Raises InputError naming the authority on which they differ.
    """
    (first, model), *others = models
    for other, theirs in others:
        differing = sorted(number for number in model.keys() | theirs.keys() if model.get(number) != theirs.get(number))
        if differing:
            message = f"is another neighbour model than {first.file.name}: they differ on {', '.join(differing[:5])}"
            raise InputError(Problem(other.file.name, message, allowed="one neighbour model"))
    return model
