"""The same small council in returns, workbooks and tables: whatever way each file writes its ids, the figures stay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from annex_a_reading import CONTACTS, IN_CARE, REFERRALS, book, rows_of
from census_reading import case, child, cin, csww, saved, worker
from examples import tried
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ssda903_reading import EPISODE_COLUMNS, HEADER_COLUMNS, csv_file

from improvement_board.access.worker_names import read_worker_names
from improvement_board.declared.home import Home
from improvement_board.records.identifiers import canonical
from improvement_board.records.pseudonyms import assign_pseudonyms, pseudonym
from improvement_board.sources.gather import Gathered, gather
from improvement_board.sources.merge import same_events
from improvement_board.sources.registry import adapters

Form = Callable[[str], Any]
BORN = {"1000": date(2012, 5, 1), "1001": date(2013, 6, 2), "1002": date(2014, 7, 3)}
FORMS: list[Form] = [
    str,
    "000{}".format,
    "{}.0".format,
    " {} ".format,
    lambda child_id: f"{child_id[:2]} {child_id[2:]}",
]
CELLS: list[Form] = [*FORMS, int, float]
CASED: list[Form] = [str.upper, str.lower, str.title, " {} ".format]
SOCIAL_WORKERS = "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON"


def census(folder: Path, year: int, form: Form) -> None:
    about = "<PersonBirthDate>{}</PersonBirthDate><Sex>F</Sex>"
    cases = {name: case(day=f"{year - 1}-06-0{at + 1}") + case(day="2022-05-02") for at, name in enumerate(BORN)}
    children = [child(inside, form(name), about.format(BORN[name])) for name, inside in cases.items()]
    saved(folder, cin("".join(children), year=str(year), day=f"{year}-03-31"), f"c{year}.xml")


def looked_after(folder: Path, year: str, header: Form, episodes: Form, worker_form: Form) -> None:
    folder, births = folder / year, {name: f"{day:%d/%m/%Y}" for name, day in BORN.items()}
    children = (f"{header(name)},2,{born},WBRI,,," for name, born in births.items())
    csv_file(folder, "header", HEADER_COLUMNS, *children)
    csv_file(
        folder, "episodes", EPISODE_COLUMNS, *(f"{episodes(name)},01/05/2021,S,C2,N1,U6,PR1,,,,,,," for name in BORN)
    )
    workers = (f"{header(name)},{born},{worker_form('SW9')},01/05/2022,," for name, born in births.items())
    csv_file(folder, "sw_episodes", SOCIAL_WORKERS, *workers)


def workbook(folder: Path, referred: Form, in_care: Form, who: Form) -> None:
    case = {"Gender": "b) Female", "Allocated Team": "North", "Allocated Worker": who("Jo Élan")}

    def rows(form: Form, **day: date) -> list[dict[str, Any]]:
        of_child = [{"Child Unique ID": form(name), "Date of Birth": born} for name, born in BORN.items()]
        return [
            child_cells | {column.replace("_", " "): value for column, value in day.items()} for child_cells in of_child
        ]

    referrals = [child_cells | case for child_cells in rows(referred, Date_of_Referral=date(2024, 2, 5))]
    care = [child_cells | case for child_cells in rows(in_care, Date_Started_to_be_Looked_After=date(2021, 5, 1))]
    contacts = rows(in_care, Date_of_Contact=date(2024, 2, 1))
    lists = {"List 3": (REFERRALS, referrals), "List 8": (IN_CARE, care), "List 1": (CONTACTS, contacts)}
    sheets = {name: rows_of(headers, *table_rows) for name, (headers, table_rows) in lists.items()}
    book(folder / "Annex A 2024-03-31.xlsx", sheets)


def read(folder: Path, work: Path) -> Gathered:
    return gather(folder, work, adapters())


def about_ids(gathered: Gathered) -> list[str]:
    return [finding.rule for finding in gathered.findings.kept if finding.rule.startswith("ids-")]


def events(gathered: Gathered) -> dict[str, list[tuple[Any, ...]]]:
    """What makes events the same, and the workers, of every table: ids in the form that all writings share."""
    tables = {}
    for name, merged in gathered.tables.items():
        read = duckdb.connect().read_parquet(str(merged.file))
        columns = [*same_events()[name].same]
        columns += [id_column for id_column in read.columns if id_column.endswith(("professional_id", "worker_id"))]
        rows = read.select(*dict.fromkeys(columns)).fetchall()
        tables[name] = sorted(tuple("|".join(map(canonical, str(cell).split("|"))) for cell in row) for row in rows)
    return tables


def council(folder: Path, forms: list[Form], cells: list[Form], cased: list[Form]) -> Path:
    folder = folder / "2024-03-31"
    folder.mkdir()
    census(folder, 2023, forms[0])
    census(folder, 2024, forms[1])
    looked_after(folder, "2022-23", forms[2], forms[3], cased[0])
    looked_after(folder, "2023-24", forms[4], forms[5], cased[1])
    workbook(folder, cells[0], cells[1], cased[2])
    saved(folder, csww(worker(cased[3]("SW9")), year="2023", day="2023-09-30"), "workers.xml")
    return folder


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[Any, ...]]]:
    folder = tmp_path_factory.mktemp("plain")
    gathered = read(council(folder, [str] * 6, [str] * 2, [str] * 4), folder / "work")
    assert about_ids(gathered) == []
    return events(gathered)


@settings(max_examples=tried(3), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(FORMS), min_size=6, max_size=6),
    st.lists(st.sampled_from(CELLS), min_size=2, max_size=2),
    st.lists(st.sampled_from(CASED), min_size=4, max_size=4),
)
def test_the_council_is_the_same_however_each_file_writes_its_ids(
    tmp_path_factory: pytest.TempPathFactory,
    plain: dict[str, list[tuple[Any, ...]]],
    forms: list[Form],
    cells: list[Form],
    cased: list[Form],
) -> None:
    folder = tmp_path_factory.mktemp("varied")
    gathered = read(council(folder, forms, cells, cased), folder / "work")
    assert events(gathered) == plain
    assert len(about_ids(gathered)) <= 2, "once for children, once for workers"


def test_children_of_a_return_who_differ_in_zeros_and_birth_stay_two(tmp_path: Path) -> None:
    folder = tmp_path / "2024-03-31"
    folder.mkdir()
    children = [("001", "2012-05-01"), ("1", "2014-06-02")]
    about = "<PersonBirthDate>{}</PersonBirthDate>"
    saved(folder, cin("".join(child(case(), name, about.format(day)) for name, day in children)))
    csv_file(folder / "2023-24", "header", HEADER_COLUMNS, "001,1,01/05/2012,WBRI,,,", "1,1,02/06/2014,WBRI,,,")
    csv_file(
        folder / "2023-24", "episodes", EPISODE_COLUMNS, *(f"{name},01/05/2021,S,C2,N1,U6,PR1,,,,,,," for name in "1")
    )
    gathered = read(folder, tmp_path / "work")
    persons = duckdb.connect().read_parquet(str(gathered.tables["ssd_person"].file))
    assert sorted(persons.select("pers_person_id").fetchall()) == [("001",), ("1",)]
    care = duckdb.connect().read_parquet(str(gathered.tables["ssd_cla_episodes"].file))
    assert care.select("clae_person_id").fetchall() == [("1",)]
    assert about_ids(gathered) == ["ids-kept-apart"]


KEY = bytes(range(32))


@pytest.mark.parametrize(("before", "now"), [("W0012", "w0012"), ("0012", "12"), ("12", "0012"), ("Jo Ash", "JO  ASH")])
def test_a_worker_keeps_the_pseudonym_of_earlier_editions(before: str, now: str) -> None:
    known = frozenset({pseudonym(before, KEY)})
    assert assign_pseudonyms([now, "other"], KEY, known) == {
        now: pseudonym(before, KEY),
        "other": pseudonym("other", KEY),
    }
    assert assign_pseudonyms([now], KEY) == {now: pseudonym(now, KEY)}


def test_two_workers_do_not_take_one_pseudonym(tmp_path: Path) -> None:
    known = frozenset({pseudonym("0012", KEY)})
    assert len(set(assign_pseudonyms(["12", "0012", "00012"], KEY, known).values())) == 3


@pytest.mark.parametrize("has_key", [True, False])
def test_names_of_workers_are_found_however_their_ids_are_written(tmp_path: Path, has_key: bool) -> None:
    home = Home(tmp_path)
    if has_key:
        home.worker_key.write_text(KEY.hex(), encoding="ascii")
    home.worker_names.write_text("worker,name\n0012,Ada Byron\nw7,Bo Ash\n", encoding="utf-8")
    shown = [pseudonym(worker_id, KEY) if has_key else worker_id for worker_id in ("12", "W7", "13")]
    worker_names = read_worker_names(home, set(shown))
    assert [worker_names.get(worker_id) for worker_id in shown] == ["Ada Byron", "Bo Ash", None]
