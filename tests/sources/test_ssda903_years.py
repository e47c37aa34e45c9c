"""Several years of the children looked after return at once: which day each speaks of, and which row wins."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ssda903_reading import EDITION, HEADER_COLUMNS, Reading, csv_file, episodes, read

from improvement_board.sources.ssda903.returns import day_in_name, year_start

LEAVERS = "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM"
OPEN = "A1,01/05/2024,S,C2,N1,U6,PR1"


def spells(reading: Reading) -> list[tuple[str, str | None]]:
    """Start and end of each episode."""
    return [
        (
            f"{row['clae_cla_episode_start_date']:%d/%m/%Y}",
            row["clae_cla_episode_ceased_date"] and f"{row['clae_cla_episode_ceased_date']:%d/%m/%Y}",
        )
        for row in reading.tables["ssd_cla_episodes"]
    ]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2023-24", date(2024, 3, 31)),
        ("2023_2024", date(2024, 3, 31)),
        ("SSDA903 2023 to 2024 final", date(2024, 3, 31)),
        ("202324", date(2024, 3, 31)),
        ("SSDA903_2024_episodes", date(2024, 3, 31)),
        ("2023-24 Q1", date(2023, 6, 30)),
        ("Q4 2023-24", date(2024, 3, 31)),
        ("q3_2023-24", date(2023, 12, 31)),
        ("2026-06-30", date(2026, 6, 30)),
        ("as at 20260630", date(2026, 6, 30)),
        ("exported 2024-05-14", None),
        ("Q1 2024", None),
        ("2023 and 2025", None),
        ("episodes", None),
        ("12024", None),
        ("2023-25", None),
    ],
)
def test_the_day_a_name_gives(name: str, day: date | None) -> None:
    assert day_in_name(name) == day


@given(st.text(alphabet="0123456789-_ /Qqto.", max_size=20))
def test_any_name_gives_a_months_end_or_nothing(name: str) -> None:
    day = day_in_name(name)
    assert day is None or (day.year // 100 in (20, 21) and day.day >= 28)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_a_year_starts_on_the_first_of_april(day: date) -> None:
    start = year_start(day)
    assert (start.month, start.day) == (4, 1)
    assert 0 <= (day - start).days < 366


def test_the_day_stands_in_the_folder_or_the_file(tmp_path: Path) -> None:
    files = [
        csv_file(tmp_path / "2022-23", "oc3", LEAVERS, "A1,01/02/2004,YES,F1,B1"),
        csv_file(tmp_path, "SSDA903_2024_oc3", LEAVERS, "A1,01/02/2004,NO,F1,B1"),
    ]
    reading = read(tmp_path, files)
    assert [(row["as_at"], row["clea_care_leaver_in_touch"]) for row in reading.tables["ssd_care_leavers"]] == [
        (date(2023, 3, 31), "YES"),
        (date(2024, 3, 31), "NO"),
    ]
    assert reading.findings == []


def test_the_setting_wins_over_the_name(tmp_path: Path) -> None:
    file = csv_file(tmp_path / "2022-23", "oc3", LEAVERS, "A1,01/02/2004,YES,F1,B1")
    reading = read(tmp_path, [file], as_at=date(2026, 6, 30))
    assert reading.column("ssd_care_leavers", "as_at") == [date(2026, 6, 30)]


def test_the_setting_may_be_a_table_of_files_and_folders(tmp_path: Path) -> None:
    files = [
        csv_file(tmp_path / "old", "oc3", LEAVERS, "A1,01/02/2004,YES,F1,B1"),
        csv_file(tmp_path / "new", "leavers", LEAVERS, "A1,01/02/2004,YES,F1,B1"),
        csv_file(tmp_path / "2021-22", "oc3", LEAVERS, "A1,01/02/2004,YES,F1,B1"),
    ]
    reading = read(tmp_path, files, as_at={"old": date(2025, 12, 31), "leavers.csv": date(2026, 3, 31)})
    assert reading.column("ssd_care_leavers", "as_at") == [date(2022, 3, 31), date(2025, 12, 31), date(2026, 3, 31)]


@pytest.mark.parametrize("wrong", ["2026-03-31", date(2026, 3, 30), 2026, {"a": "b"}, True])
def test_a_wrong_setting_stops(tmp_path: Path, wrong: object) -> None:
    file = csv_file(tmp_path, "oc3", LEAVERS, "A1,01/02/2004,YES,F1,B1")
    reading = read(tmp_path, [file], as_at=wrong)
    assert [(one.rule, one.severity) for one in reading.findings] == [("bad-setting", "stop")]
    assert reading.tables == {}


def test_no_return_speaks_of_a_day_after_the_edition(tmp_path: Path) -> None:
    file = csv_file(tmp_path / "2026-27", "oc3", LEAVERS, "A1,01/02/2007,YES,F1,B1")
    assert read(tmp_path, [file]).column("ssd_care_leavers", "as_at") == [EDITION]


def test_a_folder_named_after_the_edition_says_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "2026-09-30"
    files = [
        episodes(folder, "A1,05/02/2026,S,C2,N1,U6,PR1"),
        csv_file(folder, "oc3", LEAVERS, "A2,01/02/2007,YES,F1,B1"),
    ]
    reading = read(tmp_path, files)
    assert reading.column("ssd_care_leavers", "as_at") == [date(2026, 3, 31)]
    assert reading.rules() == ["year-not-said"]


def test_the_last_return_wins(tmp_path: Path) -> None:
    files = [
        episodes(tmp_path / "2025-26", "A1,01/05/2024,S,C2,N1,U6,PR4,09/08/2025,E4A"),
        episodes(tmp_path / "2024-25", OPEN),
        csv_file(tmp_path / "2025-26", "header", HEADER_COLUMNS, "A1,2,02/02/2010,WBRI,,,"),
        csv_file(tmp_path / "2024-25", "header", HEADER_COLUMNS, "A1,1,02/02/2010,WIRI,UN2,,"),
    ]
    for order in (files, files[::-1]):
        reading = read(tmp_path, order)
        assert spells(reading) == [("01/05/2024", "09/08/2025")]
        assert reading.column("ssd_cla_placement", "clap_cla_placement_provider") == ["PR4"]
        (person,) = reading.tables["ssd_person"]
        assert (person["pers_sex"], person["pers_ethnicity"], person["pers_upn_unknown"]) == ("F", "WBRI", "UN2")
        assert reading.findings == []
        assert reading.first_day == date(2024, 4, 1)


def test_episodes_of_earlier_years_stay(tmp_path: Path) -> None:
    files = [
        episodes(tmp_path / "2023-24", "A1,01/05/2023,S,C2,N1,U6,PR1,09/08/2023,X1", "A1,09/08/2023,L,E1,N1,U6,PR1"),
        episodes(tmp_path / "2024-25", "A1,09/08/2023,L,E1,N1,U6,PR1,01/04/2024,E12"),
    ]
    reading = read(tmp_path, files)
    assert spells(reading) == [("01/05/2023", "09/08/2023"), ("09/08/2023", "01/04/2024")]
    assert len(reading.tables["ssd_cla_placement"]) == 1
    assert reading.findings == []


def test_an_open_episode_that_the_next_return_lacks_ends_with_its_own(tmp_path: Path) -> None:
    files = [episodes(tmp_path / "2024-25", OPEN), episodes(tmp_path / "2025-26", "B2,01/05/2025,S,C2,N1,U6,PR1")]
    reading = read(tmp_path, files)
    assert spells(reading) == [("01/05/2024", "01/04/2025"), ("01/05/2025", None)]
    finding = reading.only("not-in-later-return")
    assert (finding.severity, finding.problem.file, finding.problem.row) == ("warning", files[0], 2)


def test_a_corrected_start_replaces_the_episode(tmp_path: Path) -> None:
    files = [
        episodes(tmp_path / "2024-25", OPEN),
        episodes(tmp_path / "2025-26", "A1,03/05/2024,S,C2,N1,U6,PR1"),
    ]
    reading = read(tmp_path, files)
    assert spells(reading) == [("03/05/2024", None)]
    assert reading.rules() == ["not-in-later-return"]


def test_what_lies_in_the_year_of_a_later_return_and_is_not_in_it_goes(tmp_path: Path) -> None:
    columns = "CHILD,DOB,REVIEW,REVIEW_CODE"
    files = [
        csv_file(tmp_path / "2025-26 Q1", "reviews", columns, "A1,,20/05/2025,PN1", "A1,,21/06/2025,PN1"),
        csv_file(tmp_path / "2025-26", "reviews", columns, "A1,,20/05/2025,PN2", "A1,,22/06/2025,PN1"),
    ]
    reading = read(tmp_path, files)
    assert [
        (row["clar_cla_review_date"].day, row["clar_cla_review_participation"])
        for row in reading.tables["ssd_cla_reviews"]
    ] == [(20, "PN2"), (22, "PN1")]
    assert reading.only("not-in-later-return").problem.value == "21/06/2025"


def test_a_year_that_is_not_there_denies_nothing_of_its_own(tmp_path: Path) -> None:
    files = [
        episodes(tmp_path / "2022-23", "A1,01/05/2022,S,C2,N1,U6,PR1"),
        episodes(tmp_path / "2024-25", "B2,01/05/2024,S,C2,N1,U6,PR1"),
    ]
    assert spells(read(tmp_path, files))[0] == ("01/05/2022", "01/04/2023")


def test_a_file_of_another_kind_denies_nothing(tmp_path: Path) -> None:
    files = [episodes(tmp_path / "2024-25", OPEN), csv_file(tmp_path / "2025-26", "header", HEADER_COLUMNS)]
    reading = read(tmp_path, files)
    assert spells(reading) == [("01/05/2024", None)]
    assert reading.findings == []


def test_the_worker_of_a_child_who_left_care_ends_with_the_return(tmp_path: Path) -> None:
    columns = "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON"
    files = [
        csv_file(tmp_path / "2024-25", "sw_episodes", columns, "A1,,SW1,01/05/2024,,"),
        csv_file(tmp_path / "2025-26", "sw_episodes", columns, "B2,,SW1,01/05/2025,,"),
    ]
    reading = read(tmp_path, files)
    assert reading.column("ssd_involvements", "invo_involvement_end_date") == [date(2025, 4, 1), None]
    assert reading.findings == []


def test_two_rows_of_one_return_that_disagree(tmp_path: Path) -> None:
    file = episodes(tmp_path / "2024-25", OPEN, "A1,01/05/2024,S,C2,N1,K2,PR1", OPEN.replace("A1", "B2"))
    reading = read(tmp_path, [file])
    assert reading.column("ssd_cla_placement", "clap_cla_placement_type") == ["K2", "U6"]
    finding = reading.only("rows-disagree")
    assert (finding.severity, finding.problem.row, finding.key) == ("error", 2, "A1")


def test_the_same_row_twice_is_counted_once(tmp_path: Path) -> None:
    reading = read(tmp_path, [episodes(tmp_path / "2024-25", OPEN, OPEN)])
    assert spells(reading) == [("01/05/2024", None)]
    assert reading.rules() == ["row-twice"]


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    columns = "CHILD,DOB,MISSING,MIS_START,MIS_END"
    rows = ("A1,,M,02/05/2024,02/05/2024", "A1,,M,02/05/2024,04/05/2024")
    files = [csv_file(tmp_path / folder / "2024-25", "missing", columns, *rows) for folder in ("one", "two")]
    assert len(read(tmp_path, files[:1]).tables["ssd_missing"]) == 2
    assert len(read(tmp_path, files).tables["ssd_missing"]) == 2
