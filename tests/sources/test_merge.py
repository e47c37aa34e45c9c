"""The same event from two sources is counted once, and what referred to the loser refers to the winner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from improvement_board.declared.tables import declared_tables
from improvement_board.sources.merge import merge, same_events
from improvement_board.sources.settings import SourceSettings
from improvement_board.sources.staging import Staging

MAY = date(2026, 5, 4)


def staged(folder: Path, sources: Mapping[str, Mapping[str, Sequence[dict[str, Any]]]]) -> dict[str, dict[str, Path]]:
    """Tables by source as adapters would have staged them."""
    files_by_table: dict[str, dict[str, Path]] = {}
    for source, tables in sources.items():
        with Staging(folder / source, source) as staging:
            for table, rows in tables.items():
                staging.supply(table)
                for line, row in enumerate(rows, start=2):
                    staging.add(table, row, file=f"{table}.csv", line=line)
        for table, written in staging.tables.items():
            files_by_table.setdefault(table, {})[source] = written.file
    return files_by_table


def read(file: Path, *columns: str) -> list[tuple[Any, ...]]:
    quoted = ", ".join(columns)
    return sorted(duckdb.connect().read_parquet(str(file)).project(quoted).fetchall())


def referral(name: str, child: str, day: date | None, source: str = "1A") -> dict[str, Any]:
    columns_by_name = {"cine_referral_date": day, "cine_referral_source_code": source}
    return {"cine_referral_id": name, "cine_person_id": child, **columns_by_name}


def test_every_declaration_names_tables_and_columns_that_exist() -> None:
    tables = {name: {column.name for column in table.columns} for name, table in declared_tables().items()}
    for name, event in same_events().items():
        assert {*event.same, event.id} <= tables[name], name
        for table, column in event.carried_by:
            assert column in tables[table], (name, table, column)


def test_the_source_that_wins_is_counted_and_the_other_refers_to_it(tmp_path: Path) -> None:
    assessment = {"cina_assessment_id": "C-A1", "cina_person_id": "1", "cina_referral_id": "C1"}
    sources = {
        "ssd": {"ssd_cin_episodes": [referral("S1", "1", MAY, "1A")]},
        "cin_census": {
            "ssd_cin_episodes": [referral("C1", "1", MAY, "6"), referral("C2", "2", MAY, "6")],
            "ssd_cin_assessments": [{**assessment, "cina_assessment_start_date": MAY}],
        },
    }
    merged = merge(staged(tmp_path, sources), SourceSettings(), tmp_path / "merged")
    referrals = merged["ssd_cin_episodes"]
    assert read(referrals.file, "cine_referral_id", "cine_referral_source_code") == [("C2", "6"), ("S1", "1A")]
    assert (referrals.taken, referrals.lost) == ({"cin_census": 1, "ssd": 1}, {"cin_census": 1, "ssd": 0})
    assert read(merged["ssd_cin_assessments"].file, "cina_referral_id") == [("S1",)]


def test_sources_toml_says_which_source_wins_table_by_table(tmp_path: Path) -> None:
    sources = {
        "ssd": {"ssd_cin_episodes": [referral("S1", "1", MAY, "1A")]},
        "cin_census": {"ssd_cin_episodes": [referral("C1", "1", MAY, "6")]},
    }
    settings = SourceSettings(wins={"ssd_cin_episodes": ("cin_census",)})
    merged = merge(staged(tmp_path, sources), settings, tmp_path / "merged")
    assert read(merged["ssd_cin_episodes"].file, "cine_referral_id") == [("C1",)]


def test_what_the_winner_has_twice_on_a_day_is_kept_beside_another_source(tmp_path: Path) -> None:
    sources = {
        "ssd": {"ssd_cin_episodes": [referral("S1", "1", MAY), referral("S2", "1", MAY)]},
        "cin_census": {"ssd_cin_episodes": [referral("C1", "1", MAY), referral("C2", "1", MAY)]},
    }
    referrals = merge(staged(tmp_path, sources), SourceSettings(), tmp_path / "merged")["ssd_cin_episodes"]
    assert read(referrals.file, "cine_referral_id") == [("S1",), ("S2",)]
    assert (referrals.taken, referrals.lost) == ({"cin_census": 0, "ssd": 2}, {"cin_census": 2, "ssd": 0})


def test_rows_that_lack_what_would_make_them_the_same_are_all_kept(tmp_path: Path) -> None:
    sources = {
        "ssd": {"ssd_cin_episodes": [referral("S1", "1", None), referral("S2", "1", None)]},
        "cin_census": {"ssd_cin_episodes": [referral("C1", "1", None)]},
    }
    merged = merge(staged(tmp_path, sources), SourceSettings(), tmp_path / "merged")
    assert [name for (name,) in read(merged["ssd_cin_episodes"].file, "cine_referral_id")] == ["C1", "S1", "S2"]


def test_a_table_of_one_source_is_taken_as_it_is_and_an_empty_one_is_supplied(tmp_path: Path) -> None:
    given = staged(tmp_path, {"local": {"supervision": []}})
    merged = merge(given, SourceSettings(), tmp_path / "merged")
    assert merged["supervision"].file == given["supervision"]["local"]
    assert merged["supervision"].taken == {"local": 0}
