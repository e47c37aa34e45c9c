"""The authorities of England, their regions, and finding one by name, GSS code or local authority number.

The list is put together from the publications' own rows. An authority keeps its three-digit number when its GSS code
changes (Somerset in 2023), so the number joins; the code of the latest year is used. Abolished authorities (Cumbria,
Northamptonshire) stay, with their own figures. A row "940 / 941" is a report of two authorities together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

from improvement_board.benchmarks.aliases import Aliases, simplify_name
from improvement_board.errors import InputError, Problem

TOGETHER = "/"
NUMBER = re.compile(r"\d{3}")
GSS_CODE = re.compile(r"E\d{8}")
# Words that are written or left out: "Bristol, City of", "Herefordshire, County of", "County Durham".
TITLES = frozenset({"the", "of", "city", "county", "borough", "council", "metropolitan", "royal", "london", "unitary"})
CLOSEST = 5


@dataclass(frozen=True)
class AreaRow:
    """An area as written in a publication's file, and the last day of the latest year in which it is written so."""

    level: str
    region_code: str
    region_name: str
    la_number: str
    la_code: str
    la_name: str
    publication: str
    line: int
    latest: date


@dataclass(frozen=True)
class Authority:
    """A local authority: three-digit number, GSS code, name, region; other codes and names it has had.

    `is_current` says whether the neighbour model has it.
    """

    number: str
    code: str
    name: str
    region_code: str
    other_codes: frozenset[str] = frozenset()
    other_names: frozenset[str] = frozenset()
    is_current: bool = True


@dataclass(frozen=True)
class PublishedArea:
    """Which area a row is about. `reported_with` names the authorities that report together with it."""

    level: str
    region_code: str
    la_number: str
    area_type: str
    area_code: str
    reported_with: str | None = None


def level_of(row: AreaRow, aliases: Aliases) -> str | None:
    """England, Region, Local authority, or None for another level."""
    wanted = simplify_name(row.level)
    for level, names in aliases.geography.levels.items():
        if wanted in {simplify_name(name) for name in names}:
            return level
    return None


def _split(row: AreaRow, aliases: Aliases) -> list[tuple[str, str, str]]:
    if {row.la_number, row.la_code} <= aliases.symbols.keys() | {""}:
        return []
    parts = [[part.strip() for part in text.split(TOGETHER)] for text in (row.la_number, row.la_code, row.la_name)]
    if len({len(part) for part in parts}) != 1:
        message = "the numbers, codes and names of authorities reporting together do not match"
        raise InputError(Problem(row.publication, message, row=row.line, value=row.la_name))
    split = list(zip(*parts, strict=True))
    for number, code, _ in split:
        if not NUMBER.fullmatch(number):
            message, allowed = "is not an authority's number", "three digits"
            raise InputError(Problem(row.publication, message, None, row.line, "number", number, allowed))
        if not GSS_CODE.fullmatch(code):
            message, allowed = "is not a GSS code", "E and eight digits"
            raise InputError(Problem(row.publication, message, None, row.line, "code", code, allowed))
    return split


def authorities_of(rows: Iterable[AreaRow], current: Iterable[str], aliases: Aliases) -> dict[str, Authority]:
    """Every authority by number. `current` are the numbers in the neighbour model.

    Raises InputError naming publication and line for a number or code that cannot be one.
    """
    written: dict[str, list[tuple[date, str, str, str]]] = {}
    for row in rows:
        if level_of(row, aliases) == "Local authority":
            for number, code, name in _split(row, aliases):
                written.setdefault(number, []).append((row.latest, code, name, row.region_code))
    now = set(current)
    authorities = {}
    for number, forms in sorted(written.items()):
        _, code, name, region_code = max(forms)
        region_code = aliases.region_parts.get(region_code, region_code)
        authorities[number] = Authority(
            number,
            code,
            name,
            region_code,
            frozenset(form[1] for form in forms) - {code},
            frozenset(form[2] for form in forms) - {name},
            number in now,
        )
    return authorities


def with_names(authorities: Mapping[str, Authority], names: Iterable[tuple[str, str]]) -> dict[str, Authority]:
    """The authorities, knowing further names (number, name) by which they may be asked for."""
    extended = dict(authorities)
    for number, name in names:
        known = extended.get(number)
        if known and name != known.name:
            extended[number] = replace(known, other_names=known.other_names | {name})
    return extended


def published_areas(
    rows: Iterable[AreaRow], authorities: Mapping[str, Authority], aliases: Aliases
) -> list[PublishedArea]:
    """Which area each row is about. Rows of other levels, and of inner and outer London, are about none."""
    places: dict[tuple[str, str, str, str], PublishedArea] = {}
    for row in rows:
        key = (row.level, row.region_code, row.la_number)
        level = level_of(row, aliases)
        if level == "England":
            areas = [PublishedArea(*key, level, aliases.england.code)]
        elif level == "Region":
            code = row.region_code if row.region_code in aliases.regions else None
            code = code or (None if row.region_code else aliases.region_of_name.get(simplify_name(row.region_name)))
            areas = [PublishedArea(*key, level, code)] if code else []
        elif level == "Local authority":
            together = [authorities[number] for number, _, _ in _split(row, aliases)]
            areas = [PublishedArea(*key, level, each.code, _others(each, together)) for each in together]
        else:
            areas = []
        places.update({(*key, area.area_code): area for area in areas})
    return list(places.values())


def _others(authority: Authority, together: Sequence[Authority]) -> str | None:
    return " and ".join(other.name for other in together if other != authority) or None


def _plain(name: str) -> str:
    words = simplify_name(name.replace("&", " and ").replace("'", "")).split("_")
    words = ["st" if word == "saint" else word for word in words]
    return " ".join(word for word in words if word not in TITLES) or " ".join(words)


def find_authority(wanted: str, authorities: Iterable[Authority]) -> Authority:
    """The authority meant by a name (case, "&", ", City of", "St." do not matter), a GSS code or a number.

    Of two with the same name the current one is meant. Raises InputError listing the closest names.
    """
    candidates = sorted(authorities, key=lambda authority: (not authority.is_current, authority.number))
    text = wanted.strip()
    for authority in candidates:
        codes = {authority.number, authority.code, *authority.other_codes}
        if text.upper() in codes:
            return authority
    names = [(name, authority) for authority in candidates for name in (authority.name, *sorted(authority.other_names))]
    for same in (simplify_name, _plain):
        for name, authority in names:
            if text and same(name) == same(text):
                return authority
    by_plain = {_plain(name): name for name, _ in reversed(names)}
    close = get_close_matches(_plain(text), list(by_plain), n=CLOSEST, cutoff=0.5)
    close += [plain for plain in by_plain if _plain(text) and _plain(text) in plain and plain not in close]
    allowed = ", ".join(by_plain[plain] for plain in close[:CLOSEST]) or f"one of {len(candidates)} authorities"
    raise InputError(Problem(None, f"{wanted}: there is no such authority in the files", allowed=allowed))
