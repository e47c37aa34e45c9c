"""Several years of the children looked after return at once: which day each speaks of, and which row wins."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from examples import tried
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ssda903_reading import EDITION, EPISODE_COLUMNS, HEADER_COLUMNS, Reading, csv_file, episodes, read

from improvement_board.sources.ssda903.returns import days_in_name, year_start

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
    assert next(iter(days_in_name(name)), None) == day


@given(st.text(alphabet="0123456789-_ /Qqto.", max_size=20))
def test_any_name_gives_a_months_end_or_nothing(name: str) -> None:
    assert all(day.year // 100 in (20, 21) and day.day >= 28 for day in days_in_name(name))


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
    assert [(finding.rule, finding.severity) for finding in reading.findings] == [("bad-setting", "stop")]
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
    assert reading.rules() == ["no-rows"]


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


def care(year: int) -> list[str]:
    """The episodes of a return for the year to 31 March: twenty who stay, eight who come, eight who leave."""
    stay = [f"S{at},{at + 1:02}/06/2015,S,C2,N1,U6,PR1" for at in range(20)]
    stay += [f"N{at}.{came},01/09/{came},S,C2,N1,U6,PR1" for came in range(2016, year) for at in range(8)]
    return stay + [f"L{at}.{year},01/03/{year - 1},S,C2,N1,U6,PR1,05/11/{year - 1},E4A" for at in range(8)]


def figures(reading: Reading) -> list[tuple[str, str | None]]:
    return sorted(spells(reading), key=str)


NAMES = st.one_of(
    st.sampled_from(
        ["episodes", "2023-24", "2024-25", "2022", "2024", "31 March 2021", "March 2026", "run 2026-06-30"]
    ),
    st.text(alphabet="0123456789-_ Qqto.ManrchJul", min_size=1, max_size=14).filter(
        lambda name: name.strip(". ") != ""
    ),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=tried(12))
@given(NAMES, NAMES, NAMES)
def test_a_returns_figures_do_not_change_with_its_files_names(folder: str, name: str, header: str) -> None:
    with TemporaryDirectory() as made:
        return_folder = Path(made) / f"{folder} x"
        rows = (row + "," * (EPISODE_COLUMNS.count(",") - row.count(",")) for row in care(2024))
        files = [
            csv_file(return_folder, f"{name} e", EPISODE_COLUMNS, *rows),
            csv_file(return_folder, f"{header} h", HEADER_COLUMNS, "S1,2,02/02/2010,WBRI,,,"),
        ]
        reading = read(return_folder, files)
        assert (reading.first_day, reading.dates[str(files[0])]) == (date(2023, 4, 1), date(2024, 3, 31))
        assert len(reading.tables["ssd_cla_episodes"]) == len(care(2024))
        assert {finding.severity for finding in reading.findings} <= {"warning"}


@pytest.mark.parametrize("name", ["{}", "{} episodes", "Q-{}"])
@pytest.mark.parametrize("shift", [0, 1])
def test_returns_named_by_the_first_or_the_last_of_their_years_give_the_same(
    tmp_path: Path, name: str, shift: int
) -> None:
    years, files, same = (2022, 2023, 2024), [], []
    for year in years:
        rows = [row + "," * (EPISODE_COLUMNS.count(",") - row.count(",")) for row in returned(year)]
        files.append(csv_file(tmp_path / "one", name.format(year - shift), EPISODE_COLUMNS, *rows))
        same.append(csv_file(tmp_path / "other", f"{year - 1}-{year - 2000}", EPISODE_COLUMNS, *rows))
    reading, other = read(tmp_path, files), read(tmp_path, same)
    assert figures(reading) == figures(other)
    assert reading.first_day == other.first_day == date(2021, 4, 1)
    assert set(reading.rules()) == ({"name-contradicted"} if shift else set())


def returned(year: int) -> list[str]:
    """As `care`, those who leave having been in the return before."""
    return care(year) + [f"L{at}.{year + 1},01/03/{year},S,C2,N1,U6,PR1" for at in range(8)]


def test_returns_that_disagree_on_the_day_between_them_stop(tmp_path: Path) -> None:
    wide = EPISODE_COLUMNS.count(",")
    rows = {year: [row + "," * (wide - row.count(",")) for row in care(year)] for year in (2023, 2024)}
    more = [f"X{at},01/02/2023,S,C2,N1,U6,PR1{',' * (wide - 6)}" for at in range(20)]
    files = [
        csv_file(tmp_path / "2022-23", "episodes", EPISODE_COLUMNS, *rows[2023]),
        csv_file(tmp_path / "2023-24", "episodes", EPISODE_COLUMNS, *rows[2024], *more),
    ]
    finding = read(tmp_path, files).only("returns-disagree")
    assert finding.severity == "stop"
    assert "31/03/2023" in finding.problem.message
    said = read(tmp_path, files, as_at={"2022-23": date(2023, 3, 31), "2023-24": date(2024, 3, 31)})
    assert said.only("returns-disagree").severity == "warning"


@pytest.mark.parametrize("left", [2016, 2019])
def test_care_leavers_episodes_of_long_ago_do_not_contradict_the_name(tmp_path: Path, left: int) -> None:
    wide = EPISODE_COLUMNS.count(",")
    rows = [f"C{at},01/05/2012,S,C2,N1,U6,PR1,01/05/{left},E3{',' * (wide - 8)}" for at in range(20)]
    leavers = [f"C{at},01/05/2000,YES,F1,B1" for at in range(20)]
    folder = tmp_path / "2019-20"
    files = [csv_file(folder, "episodes", EPISODE_COLUMNS, *rows), csv_file(folder, "oc3", LEAVERS, *leavers)]
    reading = read(tmp_path, files)
    assert reading.dates[str(files[0])] == reading.dates[str(files[1])] == date(2020, 3, 31)
    assert len(reading.tables["ssd_care_leavers"]) == 20


def test_a_return_without_days_is_of_the_day_of_those_beside_it(tmp_path: Path) -> None:
    files = [
        episodes(tmp_path / "903", *care(2024)),
        csv_file(tmp_path / "903", "2024 care leavers", LEAVERS, "A1,01/02/2004,YES,F1,B1"),
        csv_file(tmp_path / "903", "2023 care leavers", LEAVERS, "A2,01/02/2004,YES,F1,B1"),
    ]
    reading = read(tmp_path, files)
    assert sorted(reading.column("ssd_care_leavers", "as_at")) == [date(2024, 3, 31)] * 2


def test_columns_that_are_not_read_are_told_once_a_file_with_what_they_might_feed(tmp_path: Path) -> None:
    rows = [f"{row}{',' * (EPISODE_COLUMNS.count(',') - row.count(','))},x,y" for row in care(2024)]
    file = csv_file(tmp_path / "2023-24", "episodes", f"{EPISODE_COLUMNS},LA,Team", *rows)
    finding = read(tmp_path, [file]).only("unknown-column")
    assert (finding.problem.column, finding.problem.row) == ("LA, Team", 1)
    assert "children_in_care" in finding.problem.message
