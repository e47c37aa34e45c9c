"""A small demonstration council written as yearly returns and read back: the same KPIs, as far as the return carries
them, with each difference and its reason.

The same: children in care, placements, long-term stability, by worker; three social workers of children in care from a
year after their first return on; care leavers and health at each return's day; missing episodes from care.
Not carried, so not there: team; when reviews were due; missing from home; the workers of children not in care; any day
between two returns for what is recorded once a return.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from record_folders import read_source_folder
from ssda903_reading import Reading, read
from writers import ssda903 as writer

from improvement_board.building.records import Records, SourceFolder, open_records
from improvement_board.declared.kpis import load_library
from improvement_board.demo import write_demo
from improvement_board.sources.partial import still_needed

AUTHORITY, LAST_DAY, FIRST_DAY = "E08999901", date(2024, 3, 31), date(2019, 4, 1)
RETURN_DAYS = [date(year, 3, 31) for year in range(2020, 2025)]
Figures = dict[tuple[object, ...], tuple[float, float]]


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The records of a council at a fiftieth of the demonstration's size."""
    folder = tmp_path_factory.mktemp("council")
    write_demo(folder, scale=0.02, editions=(LAST_DAY,))
    return folder / LAST_DAY.isoformat()


@pytest.fixture(scope="module")
def returned(council: Path) -> Reading:
    """The returns of the council, as CSV, read back."""
    files = writer.write(council, council.parent / "csv")
    return read(council.parent, files, LAST_DAY)


@pytest.fixture(scope="module")
def both(council: Path, returned: Reading) -> Iterator[tuple[Records, Records]]:
    """The council's own records, and those read back."""
    own = open_records(read_source_folder(council), AUTHORITY, LAST_DAY)
    files = {file.stem: file for file in returned.folder.glob("*.parquet")}
    back = open_records(SourceFolder(returned.folder, files, LAST_DAY, returned.first_day), AUTHORITY, LAST_DAY)
    yield own, back
    own.connection.close()
    back.connection.close()


def figures(records: Records, kpi: str, by: Sequence[str]) -> Figures:
    """Numerator and denominator by some columns, added up over the others; a month's 0 of a category left out."""
    rows = records.compute(load_library()[kpi])
    numerators: Counter[tuple[object, ...]] = Counter()
    denominators: Counter[tuple[object, ...]] = Counter()
    for values in rows.fetchall():
        row = dict(zip(rows.columns, values, strict=True))
        key = tuple(row[column] for column in by)
        numerators[key] += row["numerator"]
        denominators[key] += row["denominator"] or 0
    return {key: (numerators[key], denominators[key]) for key in numerators if numerators[key] or denominators[key]}


def of(figures_read: Figures, fits: Callable[[tuple[object, ...]], bool]) -> Figures:
    """Those figures whose key fits."""
    return {key: value for key, value in figures_read.items() if fits(key)}


def test_nothing_is_wrong_with_the_returns(returned: Reading) -> None:
    assert set(returned.rules()) == {"column-missing"}  # MOTHER and MC_DOB: the records do not have them
    assert returned.first_day == FIRST_DAY


def test_csv_and_xml_are_read_alike(council: Path, returned: Reading) -> None:
    xml = read(council.parent, writer.write_xml(council, council.parent / "xml"), LAST_DAY)
    assert xml.findings == []
    for name, rows in returned.tables.items():
        assert [_facts(row) for row in xml.tables[name]] == [_facts(row) for row in rows]


def _facts(row: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in row.items() if key[0] != "_"}


@pytest.mark.parametrize("kpi", ["children_in_care", "placements_three_or_more", "long_term_stability"])
def test_the_same_by_worker(both: tuple[Records, Records], kpi: str) -> None:
    own, back = (figures(records, kpi, ("period_end", "worker")) for records in both)
    assert own == back
    assert own


@pytest.mark.parametrize("kpi", ["care_leavers_in_touch", "care_leavers_eet", "care_leavers_suitable_home"])
def test_care_leavers_are_the_same_on_the_day_of_each_return(both: tuple[Records, Records], kpi: str) -> None:
    own, back = (figures(records, kpi, ("period_end", "category")) for records in both)
    assert of(own, lambda key: key[0] in RETURN_DAYS) == back
    assert {key[0] for key in back} <= set(RETURN_DAYS)
    assert back


def test_health_is_the_same_on_the_day_of_each_return(both: tuple[Records, Records]) -> None:
    """But for the first: checks are dated by the returns' days, so what came before the first is not covered."""
    own, back = (figures(records, "health_assessments_on_time", ("period_end", "worker")) for records in both)
    assert of(own, lambda key: key[0] in RETURN_DAYS[1:]) == of(back, lambda key: key[0] in RETURN_DAYS)
    assert of(back, lambda key: key[0] in RETURN_DAYS)


def test_missing_episodes_are_the_same_from_care(both: tuple[Records, Records]) -> None:
    own, back = (figures(records, "missing_episodes", ("period_end", "worker", "category")) for records in both)
    assert of(own, lambda key: key[2] == "from care") == back
    assert back


def test_social_workers_of_children_in_care(both: tuple[Records, Records]) -> None:
    """Who held the case before the year of the child's first return is not known: never more are counted."""
    own, back = (
        of(figures(records, "three_social_workers", ("period_end", "category")), lambda key: key[1] == "in care")
        for records in both
    )
    assert {key: value[1] for key, value in own.items()} == {key: value[1] for key, value in back.items()}
    assert all(back[key][0] <= own[key][0] for key in own)
    assert sum(value[0] for value in back.values()) > 0


def test_what_is_not_carried_is_not_there(both: tuple[Records, Records]) -> None:
    back = both[1]
    assert figures(back, "cla_reviews_on_time", ("period_end",)) == {}
    assert figures(back, "children_in_care", ("team",)).keys() == {(None,)}
    assert still_needed(load_library()["cla_visits_on_time"], dict.fromkeys(back.files, ())) == ("ssd_cla_visits",)
