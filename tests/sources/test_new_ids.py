"""After a change of case system a later return has the same children under new ids: superseded, not rejected."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from annex_a_reading import CHILD, IN_CARE, book, rows_of
from annex_a_reading import read as read_lists
from census_reading import case, child, cin, saved
from ssda903_reading import EPISODE_COLUMNS, HEADER_COLUMNS, csv_file
from ssda903_reading import read as read_return

from improvement_board.building.supply import Supply, source_records, supply
from improvement_board.sources.new_ids import Case, new_ids

MAY, JUNE = date(2012, 5, 1), date(2013, 6, 2)
ASSESSED = (
    "<Assessments><AssessmentActualStartDate>2023-06-05</AssessmentActualStartDate>"
    "<AssessmentAuthorisationDate>2023-07-01</AssessmentAuthorisationDate></Assessments>"
)
CLOSED = "<CINclosureDate>{day}</CINclosureDate><ReasonForClosure>RC1</ReasonForClosure>"


def born(day: str, sex: str = "F") -> str:
    return f"<PersonBirthDate>{day}</PersonBirthDate><Sex>{sex}</Sex>"


def pupil(number: int) -> str:
    """A birth that three children share."""
    return born(f"2012-05-{number // 3 + 1:02}", "FM"[number % 2])


def read(folder: Path, *censuses: str) -> Supply:
    source = folder / "2026-03-31"
    source.mkdir()
    for year, text in enumerate(censuses, start=2024):
        saved(source, text, f"c{year}.xml")
    return supply(source, folder / "work")


def census(year: int, *children: str) -> str:
    return cin("".join(children), year=str(year), day=f"{year}-03-31")


def rows(supplied: Supply, table: str, columns: str) -> list[tuple[Any, ...]]:
    file = str(supplied.gathered.tables[table].file)
    return duckdb.connect().read_parquet(file).project(columns).order("all").fetchall()


def rules(supplied: Supply) -> list[str]:
    return [finding.rule for finding in supplied.gathered.findings.kept]


def test_open_cases_under_new_ids_are_as_the_later_census_has_them(tmp_path: Path) -> None:
    closed = [child(case(CLOSED.format(day="2023-09-01"), day="2023-06-01"), f"OLD{at}", pupil(at)) for at in range(30)]
    still = [child(case(ASSESSED, day="2023-06-02"), f"OLD{at}", pupil(at)) for at in range(30, 60)]
    after = CLOSED.format(day="2024-09-02")
    later = [child(case(ASSESSED + after, day="2023-06-02"), f"NEW{at}", pupil(at)) for at in range(30, 60)]
    supplied = read(tmp_path, census(2024, *closed, *still), census(2025, *later))
    assert (supplied.stops, rules(supplied)) == ((), ["ids-changed"])
    referrals = rows(supplied, "ssd_cin_episodes", "cine_person_id, cine_close_date")
    assert len(referrals) == 60
    assert sum(day == date(2024, 9, 2) and name.startswith("NEW") for name, day in referrals) == 30
    assert len(rows(supplied, "ssd_cin_assessments", "cina_assessment_id")) == 30, "closed parts of the case count once"
    sums = {
        (Path(source_record.file).stem, source_record.table): (
            source_record.rows,
            source_record.lost,
            source_record.rejected,
        )
        for source_record in source_records(supplied)
    }
    assert sums["c2024", "ssd_cin_episodes"] == (30, 30, 0)
    assert sums["c2024", "ssd_cin_assessments"] == (0, 30, 0)


def test_children_keep_their_new_ids_in_censuses_before(tmp_path: Path) -> None:
    old = child(case(day="2023-02-01"), "OLD", born("2012-05-01"))
    earlier = child(
        case(CLOSED.format(day="2023-01-05"), day="2022-06-01") + case(day="2023-02-01"), "OLD", born("2012-05-01")
    )
    new = child(case(day="2023-02-01"), "NEW", born("2012-05-01"))
    supplied = read(tmp_path, census(2024, earlier), census(2025, old), census(2026, new))
    assert {name for (name,) in rows(supplied, "ssd_cin_episodes", "cine_person_id")} == {"NEW"}
    assert len(rows(supplied, "ssd_cin_episodes", "cine_referral_id")) == 2


@pytest.mark.parametrize(
    "other",
    [born("2013-05-01"), born("2012-05-01", "M"), "<Sex>F</Sex>"],
    ids=["another birth", "another sex", "no birth"],
)
def test_a_child_who_is_not_sure_to_be_the_same_is_told_as_before(tmp_path: Path, other: str) -> None:
    gone = child(case(day="2023-06-02"), "OLD", born("2012-05-01"))
    supplied = read(tmp_path, census(2024, gone), census(2025, child(case(day="2023-06-02"), "NEW", other)))
    assert "gone-from-later-census" in rules(supplied)
    assert "ids-changed" not in rules(supplied)


def test_a_twin_who_stays_is_not_taken_for_the_one_who_is_gone(tmp_path: Path) -> None:
    twins = [child(case(day="2023-06-02"), name, born("2012-05-01")) for name in ("T1", "T2")]
    supplied = read(tmp_path, census(2024, *twins), census(2025, twins[1]))
    assert rules(supplied) == ["gone-from-later-census"]


def test_children_who_are_alike_take_one_new_id_each() -> None:
    days = frozenset({date(2023, 6, 2)})
    earlier = {name: Case(MAY, "F", days) for name in ("A", "B", "C")} | {"D": Case(JUNE, "F", days)}
    later = {name: Case(MAY, "F", days) for name in ("X", "Y")}
    assert new_ids(earlier, later) == {"A": "X", "B": "Y"}
    assert new_ids(earlier, {"X": Case(MAY, None, days)}) == {"A": "X"}


def test_looked_after_children_under_new_ids_are_counted_once(tmp_path: Path) -> None:
    def year(name: str, child_id: str, *more: str) -> list[Path]:
        header = [f"{child_id}{at},1,0{at + 1}/05/2010,WBRI,,," for at in range(3)]
        episodes = [f"{child_id}{at},01/05/2021,S,C2,N1,U6,PR1,,,,,,," for at in range(3)]
        return [
            csv_file(tmp_path / name, "header", HEADER_COLUMNS, *header),
            csv_file(tmp_path / name, "episodes", EPISODE_COLUMNS, *episodes, *more),
        ]

    moved = "OLD1,01/02/2023,P,C2,N1,K2,PR1,,,,,,,".replace("01/02/2023", "01/02/2024")
    files = [*year("2022-23", "OLD"), *year("2023-24", "NEW", moved.replace("OLD1", "NEW1"))]
    reading = read_return(tmp_path, files)
    assert sorted(reading.column("ssd_person", "pers_person_id")) == ["NEW0", "NEW1", "NEW2"]
    assert len(reading.tables["ssd_cla_episodes"]) == 4
    assert {row["clae_person_id"][:3] for row in reading.tables["ssd_cla_episodes"]} == {"NEW"}
    assert "ids-changed" in reading.rules()
    assert "not-in-later-return" not in reading.rules()


def test_children_of_a_workbook_of_lists_under_new_ids_are_counted_once(tmp_path: Path) -> None:
    def workbook(day: str, prefix: str, started: date) -> Path:
        children = [
            dict(zip(CHILD, (f"{prefix}{at}", "b) Female", "a) WBRI", date(2012, 5, at + 1)), strict=True))
            | {"Date Started to be Looked After": started, "Child's Legal Status": "C2", "Placement Type": "U1"}
            for at in range(3)
        ]
        return book(tmp_path / f"annex a {day}.xlsx", {"List 8": rows_of(IN_CARE, *children)})

    days = {"OLD": "2025-09-30", "MID": "2025-12-31", "NEW": "2026-03-31"}
    files = [workbook(day, prefix, date(2025, 6, 2)) for prefix, day in days.items()]
    as_at = {file.name: day for file, day in zip(files, days.values(), strict=True)}
    reading = read_lists(*files, edition=date(2026, 3, 31), as_at=as_at)
    assert reading.column("ssd_cla_episodes", "clae_person_id") == ["NEW0", "NEW1", "NEW2"]
    assert reading.column("ssd_person", "pers_person_id") == ["NEW0", "NEW1", "NEW2"]
    assert [rule for rule in reading.rules() if rule == "ids-changed"] == ["ids-changed"] * 2
    assert "not-in-later-workbook" not in reading.rules()
