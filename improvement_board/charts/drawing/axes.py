"""An axis: from values to pixels, and its ticks, as Plotly chooses them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from improvement_board.charts.drawing.known import UndrawableError

MOST_TICKS_BY_ITSELF, FEWEST_TICKS_BY_ITSELF = 9, 4
PIXELS_A_TICK = {"x": 80, "y": 40}
ROUND_STEPS = (2, 5, 10)
BEYOND_THE_END = 1e-4  # of the range: a tick so far outside it is the end itself, but for rounding
DIGITS_OF_STEP = 2
MINUS = "−"
SETTINGS: dict[str, Any] = {"visible": True, "showticklabels": True, "showgrid": False, "zeroline": False}
OF_LETTER = {"x": SETTINGS, "y": SETTINGS | {"showgrid": True, "zeroline": True}}  # Streamlit's theme

Tick = tuple[float, str]


@dataclass(frozen=True)
class Axis:
    """`low` stands at the pixel `start` and `high` at `end`; `given` are the settings of the figure."""

    letter: str
    given: dict[str, Any]
    low: float
    high: float
    start: float
    end: float

    def at(self, value: Any) -> float:
        """The pixel of a value as the figure has it: a number, or a day as text."""
        return self.pixel_of(measure(self.given, value))

    def pixel_of(self, number: float) -> float:
        """The pixel of a number, which of a day is its ordinal."""
        return self.start + (number - self.low) / (self.high - self.low) * (self.end - self.start)

    def is_inside(self, value: float) -> bool:
        """Whether a line at the value stands off both ends by more than a pixel."""
        off = abs(self.pixel_of(value) - self.start)
        return 1 < off < abs(self.end - self.start) - 1 and (value - self.low) * (value - self.high) < 0

    def has(self, setting: str) -> bool:
        """Whether something of the axis is shown."""
        return bool((OF_LETTER[self.letter] | self.given)[setting])

    @cached_property
    def ticks(self) -> list[Tick]:
        """Where there are ticks, by value, and what stands at each."""
        if not self.has("visible") or not (self.has("showticklabels") or self.has("showgrid")):
            return []
        if "tickvals" in self.given:
            return self._read_ticks()
        if is_of_time(self.given):
            raise UndrawableError("an axis of dates without tickvals is not known")
        step = float(self.given.get("dtick") or self._choose_step())
        beyond = (self.high - self.low) * BEYOND_THE_END
        first, last = math.ceil((self.low - beyond) / step), math.floor((self.high + beyond) / step)
        return [(at * step, self._write_figure(at * step, step)) for at in range(first, last + 1)]

    def _read_ticks(self) -> list[Tick]:
        texts = self.given.get("ticktext", [])
        values = [measure(self.given, value) for value in self.given["tickvals"]]
        if len(texts) != len(values):
            raise UndrawableError(f"{len(values)} tickvals with {len(texts)} ticktext")
        low, high = sorted((self.low, self.high))
        return [(value, text) for value, text in zip(values, texts, strict=True) if low <= value <= high]

    def _choose_step(self) -> float:
        fitting = abs(self.end - self.start) / PIXELS_A_TICK[self.letter]
        by_itself = min(max(fitting, FEWEST_TICKS_BY_ITSELF), MOST_TICKS_BY_ITSELF) + 1
        rough = (self.high - self.low) / self.given.get("nticks", by_itself)
        base = 10.0 ** math.floor(math.log10(rough))
        return base * next((step for step in ROUND_STEPS if rough / base < step), ROUND_STEPS[-1])

    def _write_figure(self, value: float, step: float) -> str:
        """A figure with the digits that its neighbours differ by; never shortened, as Plotly does to thousands without
        `exponentformat`."""
        digits = max(0, DIGITS_OF_STEP - math.floor(math.log10(step) + 0.01))
        grouping = "," if self.given.get("separatethousands") else ""
        written = f"{abs(value):{grouping}.{digits}f}"
        written = written.rstrip("0").rstrip(".") if digits else written
        return f"{MINUS if value < 0 and written != '0' else ''}{written}{self.given.get('ticksuffix', '')}"


def is_of_time(given: dict[str, Any]) -> bool:
    """Whether an axis is one of dates."""
    return given.get("type") == "date"


def measure(given: dict[str, Any], value: Any) -> float:
    """A value of the figure as a number: a day by its ordinal."""
    try:
        return float(date.fromisoformat(value).toordinal()) if is_of_time(given) else float(value)
    except (TypeError, ValueError) as error:
        kind = "an axis of dates" if is_of_time(given) else "an axis of numbers"
        raise UndrawableError(f"{value!r} cannot stand on {kind}") from error
