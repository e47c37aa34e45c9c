"""Turns a pydantic validation error into problems that name the file, the key and what is allowed."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from improvement_board.errors import Problem

UNKNOWN_KEY = "extra_forbidden"


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
