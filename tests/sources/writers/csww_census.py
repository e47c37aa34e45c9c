"""Writes record-level tables as children's social work workforce censuses: a file for each 30 September."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pyarrow.parquet as pq

Row = Mapping[str, Any]


def write(tables: Path, out: Path) -> list[Path]:
    """A file for each 30 September of the records, in `out`. Gives the files."""
    told = tomllib.loads((tables / "source.toml").read_text(encoding="utf-8"))
    workforce = [row for row in _rows(tables, "workforce") if row["social_worker_flag"] == "Y"]
    vacancies = _rows(tables, "vacancies")
    out.mkdir(parents=True, exist_ok=True)
    files = []
    for year in range(told["first_day"].year, told["edition"].year + 1):
        day = date(year, 9, 30)
        if told["first_day"] <= day <= told["edition"]:
            file = out / f"csww_{year}.xml"
            with file.open("w", encoding="utf-8") as opened:
                opened.writelines(f"{line}\n" for line in _message(workforce, vacancies, day))
            files.append(file)
    return files


def _rows(tables: Path, name: str) -> list[dict[str, Any]]:
    file = tables / f"{name}.parquet"
    return pq.read_table(file).to_pylist() if file.is_file() else []


def _message(workforce: Sequence[Row], vacancies: Sequence[Row], day: date) -> Iterator[str]:
    yield "<Message><Header><CollectionDetails><Collection>CSWW</Collection>"
    yield f"<Year>{day.year}</Year><ReferenceDate>{day}</ReferenceDate></CollectionDetails>"
    yield f"<Source><SourceLevel>L</SourceLevel><LEA>999</LEA><DateTime>{day}T10:00:00</DateTime></Source></Header>"
    vacant = sum(row["vacant_fte"] or 0 for row in vacancies if row["period_end"] == day)
    yield f"<LALevelVacancies><NumberOfVacancies>{vacant:.2f}</NumberOfVacancies></LALevelVacancies>"
    before = day.replace(year=day.year - 1)
    year_before = {row["professional_id"]: row["fte"] for row in workforce if row["period_end"] == before}
    for row in workforce:
        end = row["end_date"]
        if row["period_end"] == day and (end is None or end > day):
            yield from _worker(row, row["fte"], None, None)
        elif end is not None and before < end <= day and row["agency_flag"] != "Y":
            yield from _worker(row, 0, end, year_before.get(row["professional_id"]))
    yield "</Message>"


def _worker(row: Row, fte: float | None, end: date | None, fte_before: float | None) -> Iterator[str]:
    parts = {
        "AgencyWorker": "1" if row["agency_flag"] == "Y" else "0",
        "SWENo": row["professional_id"],
        "FTE": fte,
        "OrgRole": "5",
        "RoleStartDate": row["start_date"],
        "RoleEndDate": end,
        "FTE30": fte_before,
    }
    yield "<CSWWWorker>"
    yield from (f"<{name}>{escape(str(value))}</{name}>" for name, value in parts.items() if value is not None)
    yield "</CSWWWorker>"
