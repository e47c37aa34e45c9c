"""The children the council knows: born when, living where, with which needs. No child has a name."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from improvement_board.demo.days import EIGHTEEN, YEAR, Codes, Days, Flags, Floats
from improvement_board.demo.dice import Generator, chance, pick
from improvement_board.demo.teams import PATCHES

AGE_WEIGHTS = (10, 6, 5.5, 5, 5, 5.5, 5.5, 5.5, 5.5, 5.5, 5.5, 5.8, 6.2, 6.6, 6.6, 6.2, 5, 2)
SEXES = ("F", "M", "U")
ETHNICITIES = ("WBRI", "WOTH", "MWBC", "MOTH", "APKN", "ABAN", "BAFR", "OOTH", "NOBT")
ETHNICITY_WEIGHTS = (68, 5, 4, 4, 7, 2, 5, 3, 2)


@dataclass
class People:
    """Every child, one place in each array a child. Arrays grow as children come to notice."""

    born: Days = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    sex: Codes = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    ethnicity: Codes = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    patch: Codes = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    disabled: Flags = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    risk: Floats = field(default_factory=lambda: np.zeros(0, dtype=np.float64))

    def __len__(self) -> int:
        return len(self.born)

    def add(self, dice: Generator, days: Days, disabled_share: float = 0.055) -> Codes:
        """New children, first known on these days: their places. `risk` is their leaning to go missing (mean 1)."""
        size = len(days)
        years = pick(dice, size, AGE_WEIGHTS)
        age_days = np.asarray((years + dice.random(size)) * YEAR, dtype=np.int64).clip(0, EIGHTEEN - 40)
        first = len(self)
        self.born = np.concatenate([self.born, days - age_days])
        self.sex = np.concatenate([self.sex, pick(dice, size, (48, 51.5, 0.5))])
        self.ethnicity = np.concatenate([self.ethnicity, pick(dice, size, ETHNICITY_WEIGHTS)])
        self.patch = np.concatenate([self.patch, dice.integers(0, PATCHES, size)])
        self.disabled = np.concatenate([self.disabled, chance(dice, disabled_share, size)])
        self.risk = np.concatenate([self.risk, dice.gamma(0.35, 1 / 0.35, size)])
        return np.arange(first, first + size, dtype=np.int64)
