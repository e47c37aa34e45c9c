"""How often a target was met of late, told as fact: no limit of a chart promises anything of the months to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from improvement_board.figures.formats import format_period
from improvement_board.figures.series import Series
from improvement_board.figures.targets import TargetState, target_state_at
from improvement_board.spc.wording import NO_DIRECTION, NO_TARGET
from improvement_board.words.names import MONTHS_OF, PERIOD_NAMES, counted, months_between

YEAR = 12
Kept = Literal["always", "at times", "never"]


@dataclass(frozen=True)
class TargetRecord:
    """How the periods of the twelve months up to the latest figure stand against the target that each had.

    `told` are those with a figure and a target, `met` those of them that met it, `periods` all of them, with a figure
    or without. `since` is the first of the periods in a row, up to the latest, that met it; None where the latest did
    not. `moved` says which way the target in force last moved within them, and `moved_in` the first period with it.
    """

    met: int
    told: int
    periods: int
    since: date | None
    moved: Literal["tightened", "eased"] | None = None
    moved_in: date | None = None

    @property
    def kept(self) -> Kept:
        """Whether the target was always met, at times, or never."""
        return "never" if not self.met else "always" if self.met == self.told else "at times"


def target_record(series: Series) -> TargetRecord | None:
    """The record of a series' target; None without a target or a figure, and where neither direction is better.

    A figure within its tolerance has not met the target. One of a team or worker that is of too few is not told.
    """
    series = series.known
    latest = series.latest
    if latest is None or series.targets[latest] is None or series.definition.better == "neither":
        return None
    first = next(at for at in range(latest + 1) if _is_of_last_year(series, at, latest))
    states = {at: state for at in range(latest + 1) if (state := target_state_at(series, at)) is not None}
    told = [state for at, state in states.items() if at >= first]
    if not told:
        return None
    moved, moved_in = _last_move(series, first, latest)
    return TargetRecord(
        met=told.count("met"),
        told=len(told),
        periods=YEAR // MONTHS_OF[series.grain],
        since=_start_of_run(series, states, latest),
        moved=moved,
        moved_in=moved_in,
    )


def target_record_words(series: Series) -> str:
    """The record in words, or why there is none: "Target met in 10 of the last 12 months; tightened in April 2026"."""
    series = series.known
    if series.definition.better == "neither":
        return NO_DIRECTION if any(target is not None for target in series.targets) else NO_TARGET
    record = target_record(series)
    if record is None:
        return NO_TARGET if series.latest is not None else ""
    said = _how_often(series, record)
    if record.moved and record.moved_in:
        when = format_period(record.moved_in, series.grain, series.definition.timing)
        said += f"; the target {record.moved} in {when}"
    return said


def _is_of_last_year(series: Series, at: int, latest: int) -> bool:
    return months_between(series.period_ends[at], series.period_ends[latest]) < YEAR


def _start_of_run(series: Series, states: dict[int, TargetState], latest: int) -> date | None:
    """A period without a figure ends the run: nobody knows of it."""
    at = latest
    while states.get(at) == "met":
        at -= 1
    return None if at == latest else series.period_ends[at + 1]


def _last_move(series: Series, first: int, latest: int) -> tuple[Literal["tightened", "eased"] | None, date | None]:
    for at in range(latest, max(first, 1) - 1, -1):
        before, now = series.targets[at - 1], series.targets[at]
        if before is not None and now is not None and before != now:
            rises = now > before
            is_harder = rises == (series.definition.better == "higher")
            return ("tightened" if is_harder else "eased"), series.period_ends[at]
    return None, None


def _how_often(series: Series, record: TargetRecord) -> str:
    """How many of the last year's periods met the target; the year is named where its last periods have no figure."""
    latest, names = series.latest or 0, PERIOD_NAMES[series.grain]
    end = format_period(series.period_ends[latest], series.grain, series.definition.timing)
    is_now = latest == len(series.period_ends) - 1
    if record.told < record.periods:
        year = "in the last year" if is_now else f"in the year up to {end}"
        return f"Target met in {record.met} of {counted(record.told, *names)} with a figure {year}"
    if record.kept == "always" and record.since is not None:
        start = format_period(record.since, series.grain, series.definition.timing)
        return f"Target met since {start}" if is_now else f"Target met from {start} up to {end}"
    last = f"the last {counted(record.told, *names)}" if is_now else f"the {counted(record.told, *names)} up to {end}"
    return f"Target not met in {last}" if record.kept == "never" else f"Target met in {record.met} of {last}"
