"""Rows of vacancies that add up others without a word for it do not count, and are told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from improvement_board.sources.findings import Findings
from improvement_board.sources.merge import FileCount, Merged
from improvement_board.sources.sums import without_sums

MONTHS = (dt.date(2025, 11, 30), dt.date(2025, 12, 31), dt.date(2026, 1, 31))
NORTH, SOUTH = (2.0, 3.5, 1.0), (1.0, 1.0, 4.0)
Numbers = tuple[float, ...]


def vacancies(folder: Path, teams: Mapping[str | None, Numbers]) -> Merged:
    """A table of vacancies: a number a month by team."""
    rows = [(month, team, cell) for team, own in teams.items() for month, cell in zip(MONTHS, own, strict=False)]
    days, names, numbers = zip(*rows, strict=True)
    columns = {"period_end": pa.array(days, pa.date32()), "team": pa.array(names, pa.string()), "vacant_fte": numbers}
    places = {"_file": ["v.csv"] * len(rows), "_sheet": pa.nulls(len(rows), pa.string()), "_row": range(len(rows))}
    pq.write_table(
        pa.table({name: pa.array(cells) for name, cells in (columns | places).items()}), folder / "v.parquet"
    )
    return Merged("vacancies", folder / "v.parquet", (FileCount("local", "v.csv", len(rows), 0),))


def workforce(folder: Path, *teams: str) -> Merged:
    """A table of workers, one in each team."""
    file = folder / "w.parquet"
    pq.write_table(pa.table({"professional_id": [f"W{team}" for team in teams], "team": list(teams)}), file)
    return Merged("workforce", file, (FileCount("local", "w.csv", len(teams), 0),))


def kept(folder: Path, teams: Mapping[str | None, Numbers], *named: str) -> tuple[set[str | None], Findings, int]:
    """The teams whose rows count, what was found, and how many rows are said to have been taken."""
    findings = Findings()
    tables = {"vacancies": vacancies(folder, teams), "workforce": workforce(folder, *named)}
    kept_table = without_sums(tables, folder / "new", findings)["vacancies"]
    rows = duckdb.read_parquet(str(kept_table.file)).project("team").fetchall()
    return {team for (team,) in rows}, findings, kept_table.counts[0].taken


def added(*others: Numbers) -> Numbers:
    return tuple(map(sum, zip(*others, strict=True)))


@pytest.mark.parametrize("name", [None, "Northbridge", "Children's services", "North"])
def test_many_months_of_sums_are_totals_whatever_their_name(tmp_path: Path, name: str | None) -> None:
    teams = {"East": NORTH, "South": SOUTH, name: added(NORTH, SOUTH)}
    left, findings, taken = kept(tmp_path, teams, "East", "South", "North")
    assert (left, taken) == ({"East", "South"}, 6)
    assert [(finding.rule, finding.severity, finding.problem.value) for finding in findings.kept] == [
        ("total-row", "warning", name)
    ] * 3
    assert not findings.lost


def test_one_month_of_a_name_that_no_other_table_has_leaves_a_doubt(tmp_path: Path) -> None:
    left, findings, _ = kept(tmp_path, {"North": (2.0,), "South": (1.0,), "Northbridge": (3.0,)}, "North", "South")
    assert left == {"North", "South"}
    assert findings.lost == {("vacancies", "vacant_fte", "v.csv", None): 1}


def test_a_team_that_by_chance_has_what_the_others_have_stays(tmp_path: Path) -> None:
    by_chance = {"North": (1.0, 1.0), "South": (1.0, 1.0), "East": (2.0, 2.0)}
    left, findings, _ = kept(tmp_path, by_chance, "North", "South", "East")
    assert (left, findings.kept) == ({"North", "South", "East"}, [])


@pytest.mark.parametrize("third", [(3.0, 4.5, 5.1), (2.9, 4.5, 5.0), (0.0, 0.0, 0.0)])
def test_a_number_that_once_is_no_sum_is_none(tmp_path: Path, third: Numbers) -> None:
    left, findings, taken = kept(tmp_path, {"North": NORTH, "South": SOUTH, None: third}, "North", "South")
    assert (left, findings.kept, taken) == ({"North", "South", None}, [], 9)


def test_two_teams_with_the_same_number_are_no_sums_of_each_other(tmp_path: Path) -> None:
    left, findings, _ = kept(tmp_path, {"North": NORTH, None: NORTH}, "North")
    assert (left, findings.kept) == ({"North", None}, [])
