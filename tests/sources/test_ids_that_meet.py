"""Sources of the same time have the same people: by ids however written, by registration numbers, or they stop."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest
from census_reading import case, child, cin, csww, saved, worker
from ssda903_reading import EPISODE_COLUMNS, HEADER_COLUMNS, csv_file

from improvement_board.building.supply import Supply, supply

COUNT = 25


def folder_of(tmp_path: Path, day: str = "2024-03-31") -> Path:
    folder = tmp_path / day
    folder.mkdir(exist_ok=True)
    return folder


def table(folder: Path, name: str, header: str, rows: Sequence[str]) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([header.split(","), *(row.split(",") for row in rows)])


def referrals(folder: Path, form: str) -> None:
    rows = [f"R{at},{form.format(at)},2023-05-02" for at in range(COUNT)]
    table(folder, "ssd_cin_episodes", "cine_referral_id,cine_person_id,cine_referral_date", rows)


def census(folder: Path, form: str, year: int = 2024, day: str = "2023-05-02") -> None:
    children = "".join(child(case(day=day), form.format(at)) for at in range(COUNT))
    saved(folder, cin(children, year=str(year), day=f"{year}-03-31"), f"c{year}.xml")


def looked_after(folder: Path, year: str, form: str, born: str = "01/05/2010") -> None:
    header = [f"{form.format(at)},1,{born},WBRI,,," for at in range(COUNT)]
    episodes = [f"{form.format(at)},01/05/2020,S,C2,N1,U6,PR1,,,,,,," for at in range(COUNT)]
    csv_file(folder / year, "header", HEADER_COLUMNS, *header)
    csv_file(folder / year, "episodes", EPISODE_COLUMNS, *episodes)


def stops(supplied: Supply) -> list[str]:
    return [str(finding.problem) for finding in supplied.findings if finding.rule == "ids-do-not-meet"]


def column(supplied: Supply, name: str, column_name: str) -> set[str]:
    read = duckdb.connect().read_parquet(str(supplied.gathered.tables[name].file))
    return {cell for (cell,) in read.select(column_name).fetchall()}


@pytest.mark.parametrize(("form", "lost"), [("AB{}", COUNT), ("ab {}", COUNT), ("ZZ{}", 0)])
def test_two_sources_meet_however_they_write_ids_or_stop(tmp_path: Path, form: str, lost: int) -> None:
    folder = folder_of(tmp_path)
    referrals(folder, "AB{}")
    census(folder, form)
    supplied = supply(folder, tmp_path / "work")
    assert supplied.gathered.tables["ssd_cin_episodes"].lost["cin_census"] == lost
    assert len(stops(supplied)) == (0 if lost else 1)
    assert all("AB" in problem and "ZZ" in problem for problem in stops(supplied)), "the stop names ids of both"


def test_sources_that_are_known_not_to_meet_do_not_stop(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    referrals(folder, "AB{}")
    census(folder, "ZZ{}")
    (folder / "sources.toml").write_text("ids_meet = false\n", encoding="utf-8")
    assert stops(supply(folder, tmp_path / "work")) == []


def test_sources_of_other_times_need_not_meet(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    referrals(folder, "AB{}")
    census(folder, "ZZ{}", year=2021, day="2020-05-02")
    assert stops(supply(folder, tmp_path / "work")) == []


@pytest.mark.parametrize(
    ("form", "born", "years", "expected"),
    [
        ("0010{}", "01/05/2010", "2023-24", 0),
        ("X{}", "01/05/2010", "2023-24", 0),
        ("X{}", "01/05/2011", "2023-24", 1),
        ("X{}", "01/05/2011", "2020-21", 0),
    ],
    ids=["written otherwise", "new ids of the same children", "other children", "not a following year"],
)
def test_returns_of_following_years_meet_or_stop(
    tmp_path: Path, form: str, born: str, years: str, expected: int
) -> None:
    folder = folder_of(tmp_path)
    looked_after(folder, "2022-23", "10{}")
    looked_after(folder, years, form, born)
    assert len(stops(supply(folder, tmp_path / "work"))) == expected


INVOLVED = (
    "invo_involvements_id,invo_professional_id,invo_professional_role_id,invo_person_id,invo_involvement_start_date"
)


def involvements(folder: Path, form: str) -> None:
    rows = [f"I{at},{form.format(at)},Allocated Case Worker,C{at},2023-10-02" for at in range(COUNT)]
    table(folder, "ssd_involvements", INVOLVED, rows)


@pytest.mark.parametrize(("form", "expected"), [("sw{}", 0), (" SW{} ", 0), ("jones{}", 1)])
def test_a_workforce_census_meets_the_involvements_or_stops(tmp_path: Path, form: str, expected: int) -> None:
    folder = folder_of(tmp_path, "2024-09-30")
    involvements(folder, form)
    saved(folder, csww("".join(worker(f"SW{at}") for at in range(COUNT))))
    supplied = supply(folder, tmp_path / "work")
    assert len(stops(supplied)) == expected
    if not expected:
        assert column(supplied, "workforce", "professional_id") == column(
            supplied, "ssd_involvements", "invo_professional_id"
        )


def test_workers_meet_by_their_registration_number(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, "2024-09-30")
    involvements(folder, "jones{}")
    rows = [f"jones{at},sw {at}" for at in range(COUNT)]
    table(folder, "ssd_professionals", "prof_professional_id,prof_social_worker_registration_no", rows)
    saved(folder, csww("".join(worker(f"SW{at}") for at in range(COUNT))))
    supplied = supply(folder, tmp_path / "work")
    assert stops(supplied) == []
    assert column(supplied, "workforce", "professional_id") == {f"jones{at}" for at in range(COUNT)}
