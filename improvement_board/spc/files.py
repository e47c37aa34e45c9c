"""The `spc` command: judge series from CSV to CSV, in the columns of the peer's results, so that anyone can diff."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from improvement_board.errors import InputError, Problem
from improvement_board.spc.input_files import read_series
from improvement_board.spc.judging import judge_many
from improvement_board.spc.series import Judged, SeriesInput
from improvement_board.spc.wording import icon_name

NEAR_TIE = 1e-9
ASSURANCE_ICONS = {"consistent_pass": "pass", "consistent_fail": "fail", "inconsistent": "inconsistent", None: ""}
COMPUTED_COLUMNS = (
    "series_id",
    "date",
    "value",
    "rebase_group",
    "mean",
    "lpl",
    "upl",
    "near_lpl",
    "near_upl",
    "relative_to_mean",
    "outside_limits",
    "close_to_limits",
    "special_cause_type",
    "special_cause_flag",
    "point_type",
    "short_group_warning",
    "near_tie",
)
ICON_COLUMNS = (
    "series_id",
    "rebase_group",
    "n",
    "variation_type",
    "assurance_type",
    "variation_icon",
    "assurance_icon",
)


def judge_files(inputs: Path, params: Path, out: Path) -> None:
    """Judge the series of two CSV files (see `read_series`) into `computed.csv` and `icons.csv` in the folder `out`.

    `computed.csv` has a row for each date, in the order of `params` and of dates; `icons.csv` one for each series, for
    its last date. Numbers are unrounded, an undefined figure is an empty cell. Both files are written beside their
    places and moved there at the end. Raises InputError with everything wrong in either file, and then writes nothing.
    """
    series = read_series(inputs, params)
    judged = dict(zip(series, judge_many(list(series.values())), strict=True))
    _write_all(
        out,
        {
            "computed.csv": (COMPUTED_COLUMNS, _computed_rows(judged)),
            "icons.csv": (ICON_COLUMNS, _icon_rows(series, judged)),
        },
    )


def _computed_rows(judged: Mapping[str, Judged]) -> Iterator[tuple[str, ...]]:
    for series_id, judged_series in judged.items():
        for group in judged_series.groups:
            lines = (group.mean, group.lpl, group.upl, group.near_lpl, group.near_upl)
            line_cells = tuple(map(_number, lines))
            for row in range(group.first, group.first + group.rows):
                value = judged_series.values[row]
                cause = judged_series.special_cause_types[row]
                is_near_tie = value is not None and any(
                    line is not None and abs(value - line) <= NEAR_TIE for line in lines
                )
                yield (
                    series_id,
                    judged_series.dates[row].isoformat(),
                    _number(value),
                    str(group.number),
                    *line_cells,
                    _number(judged_series.relative_to_mean[row]),
                    _truth(judged_series.outside_limits[row]),
                    _truth(judged_series.close_to_limits[row]),
                    cause,
                    _truth(cause != "Common Cause"),
                    judged_series.point_types[row],
                    _truth(group.is_short),
                    _truth(is_near_tie),
                )


def _icon_rows(series: Mapping[str, SeriesInput], judged: Mapping[str, Judged]) -> Iterator[tuple[str, ...]]:
    for series_id, judged_series in judged.items():
        variation = judged_series.variation_type or ""
        group = judged_series.groups[-1]
        yield (
            series_id,
            str(group.number),
            str(group.rows),
            variation,
            judged_series.assurance_type or "",
            icon_name(variation, series[series_id].improvement_direction),
            ASSURANCE_ICONS[judged_series.assurance_type],
        )


def _number(value: float | None) -> str:
    """Seventeen significant digits, as the peer's files have: they read back to the same number."""
    return "" if value is None else f"{value:.17g}"


def _truth(value: bool | None) -> str:
    return "" if value is None else str(value).upper()


def _write_all(out: Path, files: Mapping[str, tuple[tuple[str, ...], Iterator[tuple[str, ...]]]]) -> None:
    for name in files:
        if (out / name).is_dir():
            raise InputError(Problem(out / name, "is a folder where a file is to be written"))
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out, prefix=".spc-") as folder:
            for name, (header, rows) in files.items():
                with (Path(folder) / name).open("w", encoding="utf-8", newline="") as stream:
                    writer = csv.writer(stream, lineterminator="\n")
                    writer.writerow(header)
                    writer.writerows(rows)
                    stream.flush()
                    os.fsync(stream.fileno())
            for name in files:
                (Path(folder) / name).replace(out / name)
    except OSError as error:
        raise InputError(Problem(out, f"cannot be written: {error.strerror}")) from error
