"""The children looked after return: what each of its files becomes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from ssda903_reading import HEADER_COLUMNS, Reading, csv_file, episodes, read

from improvement_board.declared.tables import declared_tables
from improvement_board.sources.ssda903 import CARRIES, COVERS, SSDA903

YEAR = "2025-26"


def only_row(reading: Reading, table: str) -> dict[str, object]:
    """The one row of a table, its filled columns only."""
    (row,) = reading.tables[table]
    return {key: value for key, value in row.items() if value is not None and not key.startswith("_")}


@pytest.fixture(scope="module")
def samples(reference: Path, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """The sample files, read."""
    return read(tmp_path_factory.mktemp("samples"), sorted((reference / "samples" / "ssda903").glob("*.csv")))


def test_each_sample_file_is_recognised(reference: Path) -> None:
    files = sorted((reference / "samples" / "ssda903").glob("*.csv"))
    assert len(files) == 11
    assert all(SSDA903().recognises(file) for file in files)


def test_samples_of_other_kinds_are_not_recognised(reference: Path) -> None:
    others = [file for file in (reference / "samples").rglob("*.*") if "ssda903" not in file.parts]
    assert others
    assert not [file for file in others if SSDA903().recognises(file)]


def test_samples_load(samples: Reading) -> None:
    counts = {table: len(rows) for table, rows in samples.tables.items()}
    assert counts == {
        "ssd_person": 2676,  # 2,675 of the header, one of the social worker file alone
        "ssd_cla_episodes": 5050,
        "ssd_cla_placement": 4272,  # 778 of the 1,293 episodes with a change of legal status only go on one before
        "ssd_legal_status": 3029,
        "ssd_cla_reviews": 12495,  # 12,582 less 73 after the edition, 14 there twice
        "ssd_missing": 43,
        "ssd_cla_health": 4064,
        "ssd_care_leavers": 53,
        "ssd_involvements": 1,
    }
    assert not [finding for finding in samples.findings if finding.severity == "stop"]
    errors = [finding for finding in samples.findings if finding.severity == "error"]
    assert {finding.rule for finding in errors} == {"after-edition", "rows-disagree"}
    assert len(errors) == 73 + 12


def test_samples_say_their_year_by_their_content(samples: Reading) -> None:
    assert "31/03/2018" in str(samples.only("year-not-said").problem)
    assert set(samples.column("ssd_care_leavers", "as_at")) == {date(2018, 3, 31)}
    assert samples.first_day == date(2017, 4, 1)


def test_primary_keys_of_samples_are_unique(samples: Reading) -> None:
    for name, rows in samples.tables.items():
        keys = [tuple(row[column] for column in declared_tables()[name].key) for row in rows]
        assert len(set(keys)) == len(keys)
        assert None not in {part for key in keys for part in key}


def test_what_is_carried_is_what_is_filled(samples: Reading) -> None:
    unfilled = {"pers_upn_unknown", "clap_cla_placement_distance"}  # not in the samples
    for name, rows in samples.tables.items():
        filled = {column for row in rows for column, value in row.items() if value is not None and column[0] != "_"}
        if name == "ssd_involvements":
            filled.add("invo_worker_change_reason")  # SWLAZY is no code
        assert filled == set(CARRIES[name]) - unfilled
    assert samples.tables.keys() == CARRIES.keys() > COVERS.keys()


def test_header_becomes_a_person(tmp_path: Path) -> None:
    file = csv_file(tmp_path / YEAR, "header", HEADER_COLUMNS, "12.0,2,05/03/2010,wbri,UN1,1.0,")
    assert only_row(read(tmp_path, [file]), "ssd_person") == {
        "pers_person_id": "12",
        "pers_sex": "F",
        "pers_ethnicity": "WBRI",
        "pers_dob": date(2010, 3, 5),
        "pers_upn_unknown": "UN1",
        "pers_is_mother": "Y",
    }


def test_a_person_is_known_from_any_file(tmp_path: Path) -> None:
    leaver = csv_file(tmp_path / YEAR, "oc3", "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM", "A1,01/02/2007,YES,F1,B1")
    header = csv_file(tmp_path / YEAR, "header", HEADER_COLUMNS, "A1,1,,WBRI,,,")
    person = only_row(read(tmp_path, [header, leaver]), "ssd_person")
    assert (person["pers_dob"], person["pers_sex"]) == (date(2007, 2, 1), "M")


def test_the_header_wins_over_another_birth_date(tmp_path: Path) -> None:
    header = csv_file(tmp_path / YEAR, "header", HEADER_COLUMNS, "A1,1,02/02/2007,WBRI,,,")
    leaver = csv_file(tmp_path / YEAR, "oc3", "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM", "A1,01/02/2007,YES,F1,B1")
    reading = read(tmp_path, [header, leaver])
    assert only_row(reading, "ssd_person")["pers_dob"] == date(2007, 2, 2)
    assert reading.only("births-disagree").severity == "warning"


def test_reviews_belong_to_the_period_of_care(tmp_path: Path) -> None:
    care = episodes(tmp_path / YEAR, "A1,01/05/2025,S,C2,N1,U6,PR1")
    held = csv_file(
        tmp_path / YEAR, "reviews", "CHILD,DOB,REVIEW,REVIEW_CODE", "A1,,20/05/2025,PN1", "A1,,01/04/2025,PN9"
    )
    reading = read(tmp_path, [care, held])
    assert reading.column("ssd_cla_reviews", "clar_cla_id") == [None, "A1|2025-05-01"]
    assert reading.column("ssd_cla_reviews", "clar_cla_review_date") == [date(2025, 4, 1), date(2025, 5, 20)]
    assert reading.column("ssd_cla_reviews", "clar_cla_review_participation") == [None, "PN1"]
    assert set(reading.column("ssd_cla_reviews", "clar_cla_review_due_date")) == {None}
    assert reading.only("review-outside-care").problem.row == 3
    assert reading.only("unknown-code").problem.value == "PN9"


def test_missing_episodes(tmp_path: Path) -> None:
    file = csv_file(
        tmp_path / YEAR,
        "missing",
        "CHILD,DOB,MISSING,MIS_START,MIS_END",
        "A1,,M,02/05/2025,04/05/2025",
        "A1,,A,02/06/2025,",
        "A1,,M,02/05/2025,02/05/2025",
        "A1,,X,02/07/2025,",
        "A1,,M,09/08/2025,08/08/2025",
    )
    reading = read(tmp_path, [file])
    rows = reading.tables["ssd_missing"]
    assert [(row["miss_missing_episode_type"], row["miss_missing_episode_start_date"].day) for row in rows] == [
        ("Missing", 2),
        ("Missing", 2),
        ("Away", 2),
        ("Missing", 9),
    ]
    ends = [row["miss_missing_episode_end_date"] for row in rows]
    assert [end and end.isoformat() for end in ends] == ["2025-05-02T00:00:00", "2025-05-04T00:00:00", None, None]
    assert len({row["miss_table_id"] for row in rows}) == 4
    assert [(finding.rule, finding.severity, finding.problem.row) for finding in reading.findings] == [
        ("unknown-code", "error", 5),
        ("ends-before-start", "warning", 6),
    ]


def test_yearly_health_flags_become_checks_of_the_returns_day(tmp_path: Path) -> None:
    file = csv_file(
        tmp_path / YEAR,
        "oc2",
        "CHILD,DOB,HEALTH_CHECK,TEETH_CHECK,HEALTH_ASSESSMENT",
        "big,01/01/2015,,1,1",
        "small,01/04/2021,1,0,1",
        "none,01/01/2015,,0,0",
    )
    rows = read(tmp_path, [file]).tables["ssd_cla_health"]
    assert [
        (row["clah_person_id"], row["clah_health_check_type"], str(row["clah_health_check_date"])) for row in rows
    ] == [
        ("big", "Health Assessment", "2026-03-31"),
        ("big", "Dental Check", "2026-03-31"),
        ("small", "Health Assessment", "2026-03-30"),  # a yes of a child under five stands for two
        ("small", "Health Assessment", "2026-03-31"),
        ("small", "Health Surveillance Check", "2026-03-31"),
    ]
    assert {row["clah_health_check_status"] for row in rows} == {"Completed"}


def test_care_leavers_as_at_the_returns_day(tmp_path: Path) -> None:
    file = csv_file(
        tmp_path / YEAR,
        "oc3",
        "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM",
        "A1,31/03/2008,YES,F1,B1",
        "A2,01/04/2008,REFU,0,0",
        "A3,,NO,G5,K2",
    )
    reading = read(tmp_path, [file])
    rows = reading.tables["ssd_care_leavers"]
    assert [
        (
            row["clea_care_leaver_eligibility"],
            row["clea_care_leaver_in_touch"],
            row["clea_care_leaver_activity"],
            row["clea_care_leaver_accommodation"],
            row["clea_care_leaver_accom_suitable"],
        )
        for row in rows
    ] == [
        ("Former Relevant", "YES", "F1", "B", "1"),  # 18 on the return's day
        ("Relevant", "REFU", None, None, None),
        (None, "NO", "G5", "K", "2"),
    ]
    assert set(reading.column("ssd_care_leavers", "as_at")) == {date(2026, 3, 31)}


def test_social_workers_become_involvements(tmp_path: Path) -> None:
    file = csv_file(
        tmp_path / YEAR,
        "sw_episodes",
        "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON",
        "A1,,SW1,01/02/2025,03/07/2025,PCCHAN ",
        "A1,,SW2,03/07/2025,01/07/2025,LEFTRL",
    )
    reading = read(tmp_path, [file])
    assert only_row(reading, "ssd_involvements") == {
        "invo_involvements_id": "A1|2025-02-01|SW1",
        "invo_professional_id": "SW1",
        "invo_professional_role_id": "Allocated Case Worker",
        "invo_involvement_start_date": date(2025, 2, 1),
        "invo_involvement_end_date": date(2025, 7, 3),
        "invo_worker_change_reason": "PCCHAN",
        "invo_person_id": "A1",
    }
    finding = reading.only("ends-before-start")
    assert (finding.severity, finding.table, finding.problem.row) == ("error", "ssd_involvements", 3)


def test_a_file_without_rows_supplies_its_tables(tmp_path: Path) -> None:
    reading = read(tmp_path, [episodes(tmp_path / YEAR)])
    assert reading.tables == {
        "ssd_person": [],
        "ssd_cla_episodes": [],
        "ssd_cla_placement": [],
        "ssd_legal_status": [],
    }


def test_rows_know_where_they_come_from(tmp_path: Path) -> None:
    file = episodes(tmp_path / YEAR, "B2,01/05/2025,S,C2,N1,U6", "A1,01/05/2025,S,C2,N1,U6")
    reading = read(tmp_path, [file])
    assert [(row["clae_person_id"], row["_row"]) for row in reading.tables["ssd_cla_episodes"]] == [
        ("A1", 3),
        ("B2", 2),
    ]
    assert set(reading.column("ssd_cla_placement", "_file")) == {str(file)}


def test_the_same_files_give_the_same_rows(tmp_path: Path) -> None:
    files = [episodes(tmp_path / YEAR, "A1,01/05/2025,S,C2,N1,U6,,09/08/2025,X1", "A1,09/08/2025,L,E1,N1,U6")]
    files.append(csv_file(tmp_path / YEAR, "header", HEADER_COLUMNS, "A1,1,02/02/2007,WBRI,,,"))
    assert read(tmp_path, files).tables == read(tmp_path, files[::-1]).tables
