"""Puts rows in their place: which area each is about, and who is whose statistical neighbour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from improvement_board.benchmarks.aliases import Aliases, simplify_name
from improvement_board.benchmarks.areas import AreaRow, Authority, authorities_of, published_areas, with_names
from improvement_board.benchmarks.engine import Engine
from improvement_board.benchmarks.files import Recognised
from improvement_board.benchmarks.neighbours import one_model, read_neighbours
from improvement_board.errors import InputError, Problem

Model = Mapping[str, tuple[str, ...]]
SHOWN = 5
OF_THE_MODEL = "statistical neighbours"


def place_rows(
    engine: Engine, files: Sequence[Recognised], aliases: Aliases, notes: list[str]
) -> tuple[dict[str, Authority], Model]:
    """Fill the tables of areas, places and neighbours; returns the authorities and the neighbour model, by number.

    Raises InputError for an area that cannot be one, or neighbours that are in no other file.
    """
    rows = [AreaRow(*row) for row in engine.run("area_rows")]
    models = [(recognised, read_neighbours(recognised)) for recognised in files if recognised.kind == "neighbours"]
    model = one_model(models)
    authorities = authorities_of(rows, model, aliases)
    unknown = sorted({number for ten in model.values() for number in ten} - authorities.keys())
    if unknown:
        message = f"names authorities that are in no other file: {', '.join(unknown[:SHOWN])}"
        raise InputError(Problem(models[0][0].file.name, message))
    lait_areas = [(str(name), str(number)) for name, number in engine.run("lait_areas")]
    names = [(number, name) for name, number in lait_areas] + _listed_names(files)
    authorities = with_names(authorities, names)
    engine.fill("places", [tuple(vars(area).values()) for area in published_areas(rows, authorities, aliases)])
    engine.fill("lait_places", _lait_places(lait_areas, authorities, aliases, notes))
    engine.fill("areas", _areas(authorities.values(), aliases))
    engine.fill("neighbours", neighbour_rows(model, authorities))
    return authorities, model


def neighbour_rows(model: Model, authorities: Mapping[str, Authority]) -> list[tuple[str, str, str, str]]:
    """Rows (code, name, code of a neighbour, what it is called) of a neighbour model given in numbers."""
    return [
        (authorities[number].code, authorities[number].name, authorities[neighbour].code, OF_THE_MODEL)
        for number, neighbours in model.items()
        if number in authorities
        for neighbour in neighbours
    ]


def _listed_names(files: Sequence[Recognised]) -> list[tuple[str, str]]:
    names = []
    for listed in (recognised for recognised in files if recognised.kind == "authority_list"):
        for _, cells in listed.table.rows:
            number = str(cells[listed.places["la_number"]]).removesuffix(".0")
            names.append((number, str(cells[listed.places["la_name"]])))
    return names


def _lait_places(
    areas: Iterable[tuple[str, str]], authorities: Mapping[str, Authority], aliases: Aliases, notes: list[str]
) -> list[tuple[str, str, str, str]]:
    england = {simplify_name(name) for name in aliases.england.names}
    places, unknown = [], []
    for name, number in areas:
        region = aliases.region_of_name.get(simplify_name(name))
        if simplify_name(name) in england:
            places.append((name, number, "England", aliases.england.code))
        elif number in authorities:
            places.append((name, number, "Local authority", authorities[number].code))
        elif region:
            places.append((name, number, "Region", region))
        else:
            unknown.append(name)
    if unknown:
        notes.append(f"{aliases.lait.title}: left out the areas {', '.join(sorted(unknown))}")
    return places


def _areas(authorities: Iterable[Authority], aliases: Aliases) -> list[tuple[str, str, str, str | None, bool]]:
    rows: list[tuple[str, str, str, str | None, bool]] = [
        ("England", aliases.england.code, aliases.england.names[0], None, True)
    ]
    rows += [("Region", code, names[0], None, True) for code, names in aliases.regions.items()]
    rows += [
        ("Local authority", authority.code, authority.name, authority.region_code, authority.is_current)
        for authority in authorities
    ]
    return rows
