"""Small published files, written by hand in the shape of the real ones: twelve authorities, two regions, England."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

GEOGRAPHY = (
    "time_period",
    "time_identifier",
    "geographic_level",
    "country_code",
    "country_name",
    "region_code",
    "region_name",
    "old_la_code",
    "new_la_code",
    "la_name",
)
NUMBERS = tuple(str(number) for number in range(301, 313))
ENGLAND = ("National", "E92000001", "England", "", "", "", "", "")
NORTH_WEST = ("Regional", "E92000001", "England", "E12000002", "North West", "", "", "")
LONDON = ("Regional", "E92000001", "England", "E12000007", "London", "", "", "")
INNER_LONDON = ("Regional", "E92000001", "England", "E13000001", "Inner London", "", "", "")


def name_of(number: str) -> str:
    """The name of a made-up authority."""
    return f"Town {number}"


def code_of(number: str) -> str:
    """The GSS code of a made-up authority."""
    return f"E06000{number}"


def authority(number: str) -> tuple[str, ...]:
    """Its place, as a row of a published file gives it."""
    authority_cells = ("Local authority", "E92000001", "England", "E12000002", "North West")
    return (*authority_cells, number, code_of(number), name_of(number))


def row(year: str, authority_cells: Sequence[str], *values: object) -> tuple[object, ...]:
    """One row: the year, the place and what follows."""
    return (year, "Reporting year", *authority_cells, *values)


def write_csv(
    file: Path, columns: Sequence[str], rows: Sequence[Sequence[object]], *, bom: bool = False, quoted: bool = False
) -> Path:
    """A CSV file below the columns every publication has."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL, lineterminator="\n")
    writer.writerow([*GEOGRAPHY, *columns])
    writer.writerows(rows)
    file.write_text(text.getvalue(), encoding="utf-8-sig" if bom else "utf-8")
    return file


WORKFORCE = (
    "inpost_fte",
    "leavers_fte",
    "turnover_rate_fte",
    "agency_fte",
    "agency_rate_fte",
    "vacancy_fte",
    "vacancy_rate_fte",
    "case_holders_fte",
    "cases",
    "caseload_fte",
    "absence_rate_fte",
)


def workforce_values(**changes: object) -> list[object]:
    """Figures of one area whose parts give its rates; `changes` by column."""
    values: dict[str, object] = {
        "inpost_fte": 90,
        "leavers_fte": 9,
        "turnover_rate_fte": 10,
        "agency_fte": 10,
        "agency_rate_fte": 10,
        "vacancy_fte": 10,
        "vacancy_rate_fte": 10,
        "case_holders_fte": 60,
        "cases": 960,
        "caseload_fte": 16,
        "absence_rate_fte": 3.1,
    }
    return list((values | changes).values())


def workforce(
    folder: Path,
    rows: Sequence[Sequence[object]] | None = None,
    *,
    rename: Mapping[str, str] | None = None,
    year: str = "2024",
    name: str = "some_download.csv",
) -> Path:
    """A children's social work workforce file: every authority alike unless `rows` are given."""
    places = [ENGLAND, NORTH_WEST, LONDON, INNER_LONDON, *(authority(number) for number in NUMBERS)]
    all_rows = (
        rows if rows is not None else [row(year, authority_cells, *workforce_values()) for authority_cells in places]
    )
    columns = [(rename or {}).get(column, column) for column in WORKFORCE]
    return write_csv(folder / name, columns, all_rows)


def neighbours(folder: Path, numbers: Sequence[str] = NUMBERS) -> Path:
    """A neighbour model: the ten next authorities in turn."""
    columns = ["old_la_code", "la_name", *(f"{name}{n}" for n in range(1, 11) for name in ("SN_", "SN_P"))]
    lines = [",".join(columns)]
    for position, number in enumerate(numbers):
        ten = [numbers[(position + step) % len(numbers)] for step in range(1, 11)]
        lines.append(",".join([number, name_of(number), *(f"{other},Close" for other in ten)]))
    file = folder / "model.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    return file


def lait(folder: Path, rows: Sequence[tuple[str, str, str, str, str]]) -> Path:
    """A file of the Local Authority Interactive Tool (as CSV): measure, years, area, value, number."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["Short Desc", "Data item", "Years", "LA and Regions", "Values", "LA Number", "Region"])
    writer.writerows([measure, "", years, area, value, number, "NA"] for measure, years, area, value, number in rows)
    file = folder / "tool.csv"
    file.write_text(text.getvalue(), encoding="utf-8")
    return file
