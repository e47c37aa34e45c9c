"""Read series and their parameters from CSV, and say everything that is wrong with them at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from improvement_board.errors import InputError, Problem
from improvement_board.spc.cells import baseline_of, date_of, dates_of, number_of, read_known_columns, truth_of
from improvement_board.spc.series import IMPROVEMENT_DIRECTIONS, LARGEST_VALUE, MINIMUM_BASELINE, SeriesInput

INPUT_COLUMNS = ("series_id", "date", "value")
REQUIRED_PARAMS = ("series_id", "improvement_direction")
OPTIONAL_PARAMS = ("category", "target", "screen_outliers", "fix_after_n_points", "rebase", "facet_group")

NUMBER_ALLOWED = f"a number from -{LARGEST_VALUE:g} to {LARGEST_VALUE:g} with a decimal point"


def read_series(inputs: Path, params: Path) -> dict[str, SeriesInput]:
    """The series of the two files, by series_id, in the order of `params`.

    `inputs` has series_id, date (ISO) and value (empty = missing), in any order of rows. `params` has one row a series:
    series_id and improvement_direction (increase, decrease, neutral), and where needed target, screen_outliers (TRUE,
    the default, or FALSE), fix_after_n_points (12 or more), rebase (ISO dates with ; between); category and facet_group
    are not read. UTF-8, with or without a byte order mark. Raises InputError with every problem of both files.
    """
    problems: list[Problem] = []
    settings = _read_params(params, problems)
    observations = _read_inputs(inputs, problems)
    for series_id, read in observations.items():
        if settings and series_id not in settings:
            message = f"the series has no row in {params.name}"
            problems.append(Problem(inputs, message, row=read.row, column="series_id", value=series_id))
    for series_id, setting in settings.items():
        if observations and series_id not in observations:
            message = f"the series has no row in {inputs.name}"
            problems.append(Problem(params, message, row=setting.row, column="series_id", value=series_id))
    if problems:
        raise InputError(problems)
    return {series_id: setting.series(observations[series_id]) for series_id, setting in settings.items()}


@dataclass
class _Observations:
    """The rows of one series; `row` is the line of the first."""

    row: int
    values: dict[date, float | None] = field(default_factory=dict)


@dataclass(frozen=True)
class _Setting:
    row: int
    improvement_direction: str
    target: float | None
    screen_outliers: bool
    fix_after_n_points: int | None
    rebase: tuple[date, ...]

    def series(self, read: _Observations) -> SeriesInput:
        return SeriesInput(
            tuple(read.values),
            tuple(read.values.values()),
            self.improvement_direction,
            self.target,
            self.screen_outliers,
            self.fix_after_n_points,
            self.rebase,
        )


def _read_params(file: Path, problems: list[Problem]) -> dict[str, _Setting]:
    settings: dict[str, _Setting] = {}
    for row in read_known_columns(file, REQUIRED_PARAMS, OPTIONAL_PARAMS, problems):
        series_id = row.series_id()
        directions = ", ".join(IMPROVEMENT_DIRECTIONS)
        if row.cells["improvement_direction"].strip() not in IMPROVEMENT_DIRECTIONS:
            row.problem("improvement_direction", "is not a direction", directions)
        setting = _Setting(
            row=row.line,
            improvement_direction=row.cells["improvement_direction"].strip(),
            target=row.read("target", number_of, None, "is not a number", f"{NUMBER_ALLOWED}, or empty"),
            screen_outliers=row.read("screen_outliers", truth_of, True, "is neither true nor false", "TRUE, FALSE"),
            fix_after_n_points=row.read(
                "fix_after_n_points",
                baseline_of,
                None,
                "is not a length for a baseline",
                f"a whole number, {MINIMUM_BASELINE} or more, or empty",
            ),
            rebase=row.read(
                "rebase", dates_of, (), "is not a list of dates", "dates such as 2026-09-30, with ; between"
            ),
        )
        if series_id in settings:
            row.problem(
                "series_id", f"stands twice: its first row is line {settings[series_id].row}", "one row a series"
            )
        elif series_id is not None:
            settings[series_id] = setting
    return settings


def _read_inputs(file: Path, problems: list[Problem]) -> dict[str, _Observations]:
    observations: dict[str, _Observations] = {}
    for row in read_known_columns(file, INPUT_COLUMNS, (), problems):
        series_id = row.series_id()
        day = row.read("date", date_of, None, "is not a date", "a date such as 2026-09-30")
        if not row.cells["date"].strip():
            row.problem("date", "is empty", "a date such as 2026-09-30")
        value = row.read("value", number_of, None, "is not a number", f"{NUMBER_ALLOWED}, or empty")
        if series_id is None:
            continue
        read = observations.setdefault(series_id, _Observations(row.line))
        if day is not None and day in read.values:
            row.problem("date", f"stands twice in series {series_id}", "one row a series and date")
        elif day is not None:
            read.values[day] = value
    return observations
