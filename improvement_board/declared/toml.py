"""The one reader of TOML, and what every declared thing is: frozen, and without a key that nobody knows.

What is wrong names the file, the line or key, and what is allowed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from improvement_board.common.shipped import QUERIES, shipped_file
from improvement_board.errors import InputError, Problem

UNKNOWN_KEY = "extra_forbidden"


class Declared(BaseModel):
    """A thing that a text file declares."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Model = TypeVar("Model", bound=BaseModel)


def read_toml(file: Path, model: type[Model]) -> Model:
    """A TOML file as its model. Raises InputError for text that does not parse, unknown keys and impossible values."""
    return as_model(load_toml(file), model, file)


def load_toml(file: Path) -> dict[str, Any]:
    """A TOML file as it is written. Raises InputError for one that is no UTF-8 text, or does not parse."""
    try:
        return parse_toml(file.read_text(encoding="utf-8-sig"), file)
    except UnicodeDecodeError as error:
        raise InputError(Problem(file, "is not UTF-8 text")) from error


def parse_toml(text: str, file: str | Path, of: str = "") -> dict[str, Any]:
    """The TOML in a text. Raises InputError naming the file, and which part `of` it, where it does not parse."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(Problem(file, f"{of} is not valid TOML: {error}".lstrip())) from error


def as_model(declared: Mapping[str, Any], model: type[Model], file: str | Path) -> Model:
    """What a file declares as its model. Raises InputError for unknown keys and impossible values."""
    try:
        return model.model_validate(declared)
    except ValidationError as error:
        raise InputError(problems_of(error, file)) from error


@cache
def shipped_toml(name: str) -> Mapping[str, Any]:
    """A TOML file of `queries/` by its name there, read once. Raises InputError where the installation lacks it."""
    return MappingProxyType(load_toml(shipped_file(QUERIES / name)))


def problems_of(error: ValidationError, file: str | Path) -> list[Problem]:
    """One problem for each thing pydantic found wrong in a file of settings."""
    problems = []
    for detail in error.errors(include_url=False):
        key = ".".join(str(part + 1) if isinstance(part, int) else part for part in detail["loc"]) or None
        if detail["type"] == UNKNOWN_KEY:
            problems.append(Problem(file, "is not a known key", column=key))
            continue
        value = None if detail["type"] == "missing" else detail["input"]
        shown = value if isinstance(value, (str, int, float, bool)) else None
        problems.append(Problem(file, detail["msg"].removeprefix("Value error, "), column=key, value=shown))
    return problems
