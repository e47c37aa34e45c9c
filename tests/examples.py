"""How much a test tries on every commit, and how much more where `pytest --nightly` asks for it."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable
from typing import Any

import pytest

MANY_VARIABLE = "IMPROVEMENT_BOARD_NIGHTLY"  # set by the option, for the processes that run the tests
TIMES = 20


def is_nightly() -> bool:
    """Whether `pytest --nightly` runs."""
    return bool(os.environ.get(MANY_VARIABLE))


def tried(few: int) -> int:
    """How many to try of a test that tries so few on every commit."""
    return few * TIMES if is_nightly() else few


def every_night(cases: Iterable[Any], of_a_day: Container[Any], *, several: bool = False) -> list[Any]:
    """Cases that are alike, as parameters of a test: all but those of a day are tried by `pytest --nightly` alone.

    `several`: each case is a tuple, of the values of several parameters.
    """
    return [
        pytest.param(*(case if several else (case,)), marks=() if case in of_a_day else pytest.mark.nightly)
        for case in cases
    ]
