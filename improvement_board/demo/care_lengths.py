"""How long children stay in care, and how they leave it."""

from __future__ import annotations

import numpy as np

from improvement_board.demo.days import Codes, Days, Floats
from improvement_board.demo.dice import Generator, gamma_days

RETURNED, GUARDIANSHIP, ADOPTED, LEFT_AT_EIGHTEEN = range(4)
EXIT_CODES = ("E4A", "E45", "E11", "E5")
MEAN_DAYS = np.array([40.0, 420.0, 430.0, 640.0, 20_000.0])
EXIT_OF_KIND = np.array([RETURNED, RETURNED, GUARDIANSHIP, ADOPTED, LEFT_AT_EIGHTEEN])
SHARES_BY_AGE = (
    (1.0, (0.18, 0.12, 0.24, 0.34, 0.12)),
    (4.0, (0.22, 0.14, 0.26, 0.18, 0.20)),
    (10.0, (0.26, 0.18, 0.18, 0.02, 0.36)),
    (99.0, (0.34, 0.20, 0.04, 0.00, 0.42)),
)


def care_stays(dice: Generator, age: Floats) -> tuple[Days, Codes]:
    """Days in care and the way out, by age on entry. A stay to adulthood outlasts childhood: the caller cuts it."""
    size = len(age)
    chosen = dice.random(size)
    kind = np.zeros(size, dtype=np.int64)
    below = -1000.0
    for limit, shares in SHARES_BY_AGE:
        here = (age >= below) & (age < limit)
        kind[here] = np.searchsorted(np.cumsum(shares), chosen[here]).clip(0, 4)
        below = limit
    return gamma_days(dice, MEAN_DAYS[kind], 1.6, size) + 1, EXIT_OF_KIND[kind]
