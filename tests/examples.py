"""How many examples a generative test tries: few on every commit, many where `pytest --nightly` asks for them."""

from __future__ import annotations

import os

MANY_VARIABLE = "IMPROVEMENT_BOARD_NIGHTLY"  # set by the option, for the processes that run the tests
TIMES = 20


def tried(few: int) -> int:
    """How many to try of a test that tries so few on every commit."""
    return few * TIMES if os.environ.get(MANY_VARIABLE) else few
