"""Late recording: most things are written down at once, some only weeks after they happened."""

from __future__ import annotations

import numpy as np

from improvement_board.demo.days import Days
from improvement_board.demo.dice import Generator, chance


def draw_recording_days(dice: Generator, days: Days, late_share: float, mean_days: float) -> Days:
    """The day on which each event is in the records: its own, or for a share of them some days later."""
    size = len(days)
    wait = 1 + dice.exponential(mean_days, size).astype(np.int64)
    return days + np.where(chance(dice, late_share, size), wait, 0)
