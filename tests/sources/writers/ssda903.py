"""Writes record-level tables as children looked after returns: a year each, as CSV files or as XML.

Only what the return asks for is written: children looked after in the year and care leavers of 17 to 21, what was known
by its last day, days without time, no team.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

from lxml import etree
from writers.ssda903_records import Records, Row, Year

HEADER_GROUPS = {"reviews": "AREVIEW", "missing": "AMISSING", "oc2": "OC2", "sw_episodes": "SOCIALWORKER"}
XML_NAMES = {"CHILD": "CHILDID", "PLACE": "PL"}


def write(tables: Path, out: Path) -> list[Path]:
    """The returns as CSV files, a folder a year: `2019-20/episodes.csv`."""
    written = []
    for year, files in _returns(tables):
        folder = out / _name(year)
        folder.mkdir(parents=True)
        for name, rows in files.items():
            if not rows:
                continue
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as opened:
                writer = csv.DictWriter(opened, list(rows[0]))
                writer.writeheader()
                writer.writerows({key: _text(value) for key, value in row.items()} for row in rows)
            written.append(folder / f"{name}.csv")
    return written


def write_xml(tables: Path, out: Path) -> list[Path]:
    """The returns as XML, a file a year: `2019-20.xml`."""
    written = []
    out.mkdir(parents=True, exist_ok=True)
    for year, files in _returns(tables):
        root = etree.Element("EXPSSDA903")
        headers = {}
        for row in files["header"]:
            child = etree.SubElement(root, "CHILD")
            headers[row["CHILD"]] = etree.SubElement(child, "HEADER")
            _fill(headers[row["CHILD"]], row)
        for row in files["oc3"]:
            _fill(headers[row["CHILD"]], {key: row[key] for key in ("IN_TOUCH", "ACTIV", "ACCOM")})
        for name, group in HEADER_GROUPS.items():
            for row in files[name]:
                own = {key: value for key, value in row.items() if key not in ("CHILD", "DOB")}
                _fill(etree.SubElement(headers[row["CHILD"]], group), own)
        for row in files["episodes"]:
            episode = etree.SubElement(headers[row["CHILD"]].getparent(), "EPISODE")
            _fill(episode, {key: value for key, value in row.items() if key != "CHILD"})
        file = out / f"{_name(year)}.xml"
        etree.ElementTree(root).write(str(file), xml_declaration=True, encoding="utf-8", pretty_print=True)
        written.append(file)
    return written


def _fill(group: etree._Element, row: Row) -> None:
    for key, value in row.items():
        etree.SubElement(group, XML_NAMES.get(key, key)).text = _text(value)


def _text(value: object) -> str | None:
    if isinstance(value, datetime):
        value = value.date()
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else None if value is None else str(value)


def _name(year: Year) -> str:
    first, last = year
    return f"{first.year}-{(first.year + 1) % 100:02}" if (last.month, last.day) == (3, 31) else f"return to {last}"


def _returns(tables: Path) -> Iterator[tuple[Year, Mapping[str, list[Row]]]]:
    declared = tomllib.loads((tables / "source.toml").read_text(encoding="utf-8"))
    records = Records(tables)
    first = declared["first_day"]
    while first <= declared["edition"]:
        year = (first, min(date(first.year + 1, 3, 31), declared["edition"]))
        yield year, records.files(year)
        first = date(first.year + 1, 4, 1)
