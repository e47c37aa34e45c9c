"""A small demonstration council written as CSV exports of the dataset and as filled templates, and read back: every row
is as it was, and so is every figure. Nothing is lost: these formats carry all that the tables do."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from record_folders import read_source_folder
from tabular_reading import Reading, read
from writers import local, ssd

from improvement_board.building.records import Records, SourceFolder, open_records
from improvement_board.declared.kpis import load_library
from improvement_board.demo import write_demo
from improvement_board.sources.tabular import LocalTables, SsdTables

EDITION = date(2026, 9, 30)
AUTHORITY = "E08999901"
COMPUTED = sorted(name for name, kpi_definition in load_library().items() if kpi_definition.has_query)


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The records of a council at a hundredth of the demonstration's size."""
    folder = tmp_path_factory.mktemp("council")
    write_demo(folder, scale=0.01, editions=(EDITION,))
    return folder / EDITION.isoformat()


@pytest.fixture(scope="module")
def returned(council: Path) -> Mapping[str, Reading]:
    """What was read of the exports and of the templates."""
    folder = council.parent
    files = {"ssd": ssd.write(council, folder / "exports"), "local": local.write(council, folder / "templates")}
    return {
        "ssd": read(*files["ssd"], adapter=SsdTables()),
        "local": read(*files["local"], adapter=LocalTables()),
    }


@pytest.fixture(scope="module")
def both(council: Path, returned: Mapping[str, Reading]) -> tuple[Records, Records]:
    """The council's own records, and those read back."""
    source = read_source_folder(council)
    files = {**returned["ssd"].files, **returned["local"].files}
    back = SourceFolder(council, files, None, source.first_day)
    return open_records(source, AUTHORITY, EDITION), open_records(back, AUTHORITY, EDITION)


def test_nothing_is_found_but_a_table_without_rows(council: Path, returned: Mapping[str, Reading]) -> None:
    rules_by_table = [
        (finding.rule, finding.table) for table_reading in returned.values() for finding in table_reading.findings.kept
    ]
    with duckdb.connect() as connection:
        empty = [
            file.stem
            for file in council.glob("*.parquet")
            if not connection.read_parquet(str(file)).limit(1).fetchall()
        ]
    assert sorted(rules_by_table) == sorted(("no-rows", table) for table in empty)


def test_every_row_is_as_it_was(council: Path, returned: Mapping[str, Reading]) -> None:
    originals = {file.stem: file for file in council.glob("*.parquet")}
    files = {**returned["ssd"].files, **returned["local"].files}
    assert files.keys() == originals.keys()
    with duckdb.connect() as connection:
        for name, original in originals.items():
            columns = ", ".join(f'"{column}"' for column in connection.read_parquet(str(original)).columns)
            was, read_back = (f"select {columns} from '{file}'" for file in (original, files[name]))
            assert connection.execute(f"({was}) except all ({read_back})").fetchall() == [], name
            assert connection.execute(f"({read_back}) except all ({was})").fetchall() == [], name


Figures = dict[tuple[Any, ...], tuple[float, float | None]]


def figures(records: Records, kpi: str) -> Figures:
    """Numerator and denominator by everything else."""
    parts = "authority, period_end, team, worker, category, sum(numerator), sum(denominator)"
    rows = records.compute(load_library()[kpi]).aggregate(parts).fetchall()
    return {row[:5]: row[5:] for row in rows}


def is_same(figure: float | None, other: float | None) -> bool:
    """Whether two sums are the same, but for the order of adding up."""
    return figure == other or (figure is not None and other is not None and math.isclose(figure, other, rel_tol=1e-12))


@pytest.mark.parametrize("kpi", COMPUTED)
def test_every_figure_is_as_it_was(both: tuple[Records, Records], kpi: str) -> None:
    own, back = (figures(records, kpi) for records in both)
    assert own.keys() == back.keys()
    differences = [figure_key for figure_key in own if not all(map(is_same, own[figure_key], back[figure_key]))]
    assert differences[:3] == []
