"""Reads a file of settings into its model; what is wrong names the file, the line or key, and what is allowed."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from improvement_board.errors import InputError, Problem

UNKNOWN_KEY = "extra_forbidden"
Model = TypeVar("Model", bound=BaseModel)


def read_toml(file: Path, model: type[Model]) -> Model:
    """A TOML file as its model. Raises InputError for text that does not parse, unknown keys and impossible values."""
    try:
        return model.model_validate(tomllib.loads(file.read_text(encoding="utf-8-sig")))
    except UnicodeDecodeError as error:
        raise InputError(Problem(file, "is not UTF-8 text")) from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(Problem(file, f"is not valid TOML: {error}")) from error
    except ValidationError as error:
        raise InputError(problems_of(error, file)) from error


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
