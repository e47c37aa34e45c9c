"""Episodes of the children looked after return as periods of care, placements and legal statuses."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from ssda903_reading import Reading, episodes, read

YEAR = "2025-26"


def of(tmp_path: Path, *rows: str) -> Reading:
    """The reading of an episodes file; each line without the child, which is A1."""
    return read(tmp_path, [episodes(tmp_path / YEAR, *(f"A1,{row}" for row in rows))])


def placements(reading: Reading) -> list[tuple[str, str, str | None, str | None]]:
    """Type, start, end and change reason of each placement."""
    return [
        (
            row["clap_cla_placement_type"],
            f"{row['clap_cla_placement_start_date']:%d/%m/%Y}",
            row["clap_cla_placement_end_date"] and f"{row['clap_cla_placement_end_date']:%d/%m/%Y}",
            row["clap_cla_placement_change_reason"],
        )
        for row in reading.tables["ssd_cla_placement"]
    ]


def statuses(reading: Reading) -> list[tuple[str, str, str | None]]:
    """Status, start and end of each legal status."""
    return [
        (
            row["lega_legal_status"],
            f"{row['lega_legal_status_start_date']:%d/%m/%Y}",
            row["lega_legal_status_end_date"] and f"{row['lega_legal_status_end_date']:%d/%m/%Y}",
        )
        for row in reading.tables["ssd_legal_status"]
    ]


def test_one_episode(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        [episodes(tmp_path / YEAR, "A1,01/05/2025,S,C2,N1,U6,PR1,09/08/2025,E4A,,M1 1AA,M2 2BB,SC123456")],
    )
    (episode,), (placement,), (status,) = (
        [{key: value for key, value in row.items() if value is not None and key[0] != "_"} for row in rows]
        for name, rows in reading.tables.items()
        if name != "ssd_person"
    )
    assert episode == {
        "clae_cla_episode_id": "A1|2025-05-01",
        "clae_person_id": "A1",
        "clae_cla_episode_start_date": date(2025, 5, 1),
        "clae_cla_episode_start_reason": "S",
        "clae_cla_primary_need_code": "N1",
        "clae_cla_episode_ceased_date": date(2025, 8, 9),
        "clae_cla_episode_ceased_reason": "E4A",
        "clae_cla_id": "A1|2025-05-01",
        "clae_cla_placement_id": "A1|2025-05-01",
        "clae_entered_care_date": date(2025, 5, 1),
    }
    assert placement == {
        "clap_cla_placement_id": "A1|2025-05-01",
        "clap_cla_placement_start_date": date(2025, 5, 1),
        "clap_cla_placement_type": "U6",
        "clap_cla_placement_urn": "SC123456",
        "clap_cla_id": "A1|2025-05-01",
        "clap_cla_placement_provider": "PR1",
        "clap_cla_placement_postcode": "M2 2BB",
        "clap_cla_placement_end_date": date(2025, 8, 9),
        "clap_person_id": "A1",
    }
    assert status == {
        "lega_legal_status_id": "A1|2025-05-01|C2",
        "lega_person_id": "A1",
        "lega_legal_status": "C2",
        "lega_legal_status_start_date": date(2025, 5, 1),
        "lega_legal_status_end_date": date(2025, 8, 9),
    }
    assert reading.findings == []


def test_a_change_of_legal_status_goes_on_with_the_placement(tmp_path: Path) -> None:
    reading = of(
        tmp_path,
        "01/05/2025,S,V2,N1,U6,PR1,01/06/2025,X1",
        "01/06/2025,L,C1,N1,U6,PR1,01/07/2025,X1,CREQB",
        "01/07/2025,P,C1,N1,K2,PR4",
    )
    assert placements(reading) == [
        ("U6", "01/05/2025", "01/07/2025", "CREQB"),
        ("K2", "01/07/2025", None, None),
    ]
    assert statuses(reading) == [("V2", "01/05/2025", "01/06/2025"), ("C1", "01/06/2025", None)]
    assert set(reading.column("ssd_cla_episodes", "clae_cla_id")) == {"A1|2025-05-01"}
    assert set(reading.column("ssd_cla_episodes", "clae_entered_care_date")) == {date(2025, 5, 1)}
    assert reading.column("ssd_cla_episodes", "clae_cla_placement_id") == [
        "A1|2025-05-01",
        "A1|2025-05-01",
        "A1|2025-07-01",
    ]
    assert reading.findings == []


@pytest.mark.parametrize(
    ("reason", "recorded", "taken"),
    [
        ("P", "", None),
        ("B", "", None),
        ("T", "", "PLACE"),
        ("U", "", "PLACE"),
        ("T", "CARPL", "CARPL"),
        ("P", "PLACE", "PLACE"),
    ],
)
def test_each_change_of_placement_is_one_and_keeps_its_reason(
    tmp_path: Path, reason: str, recorded: str, taken: str | None
) -> None:
    reading = of(tmp_path, f"01/05/2025,S,C1,N1,U6,PR1,01/06/2025,X1,{recorded}", f"01/06/2025,{reason},C2,N1,U6,PR1")
    assert placements(reading) == [("U6", "01/05/2025", "01/06/2025", taken), ("U6", "01/06/2025", None, None)]


def test_without_a_reason_the_same_place_is_the_same_placement(tmp_path: Path) -> None:
    reading = of(
        tmp_path,
        "01/05/2025,S,C1,N1,U6,PR1,01/06/2025,X1",
        "01/06/2025,,C2,N1,U6,PR1,01/07/2025,X1",
        "01/07/2025,,C2,N1,K2,PR1",
    )
    assert placements(reading) == [("U6", "01/05/2025", "01/07/2025", None), ("K2", "01/07/2025", None, None)]


def test_a_reason_and_a_type_that_do_not_fit_are_told(tmp_path: Path) -> None:
    reading = of(tmp_path, "01/05/2025,S,C1,N1,U6,PR1,01/06/2025,X1", "01/06/2025,L,C2,N1,K2,PR1")
    assert placements(reading) == [("U6", "01/05/2025", None, None)]
    assert (reading.only("placement-differs").problem.row, reading.only("placement-differs").problem.value) == (3, "K2")


def test_coming_back_into_care_is_a_new_period(tmp_path: Path) -> None:
    reading = of(tmp_path, "01/05/2025,S,C2,N1,U6,PR1,01/06/2025,E4A", "01/08/2025,S,C2,N1,U6,PR1")
    assert reading.column("ssd_cla_episodes", "clae_cla_id") == ["A1|2025-05-01", "A1|2025-08-01"]
    assert reading.column("ssd_cla_episodes", "clae_entered_care_date") == [date(2025, 5, 1), date(2025, 8, 1)]
    assert statuses(reading) == [("C2", "01/05/2025", "01/06/2025"), ("C2", "01/08/2025", None)]
    assert reading.findings == []


def test_a_gap_without_a_new_start_is_a_new_period_and_told(tmp_path: Path) -> None:
    reading = of(tmp_path, "01/05/2025,S,C2,N1,U6,PR1,01/06/2025,X1", "02/06/2025,L,C2,N1,U6,PR1")
    assert len(placements(reading)) == 2
    assert reading.rules() == ["gap-in-care"]


def test_when_care_began_before_the_first_return_is_not_known(tmp_path: Path) -> None:
    reading = of(tmp_path, "01/05/2019,L,C2,N1,U6,PR1")
    assert reading.column("ssd_cla_episodes", "clae_entered_care_date") == [None]
    assert placements(reading) == [("U6", "01/05/2019", None, None)]


def test_short_breaks_keep_their_status(tmp_path: Path) -> None:
    reading = of(tmp_path, "01/05/2025,S,V4,N2,,,")
    assert statuses(reading) == [("V4", "01/05/2025", None)]
    assert placements(reading) == []
    assert reading.column("ssd_cla_episodes", "clae_cla_placement_id") == [None]


def test_an_episode_left_open_before_another_ends_with_its_start(tmp_path: Path) -> None:
    reading = of(tmp_path, "01/05/2025,S,C2,N1,U6,PR1", "01/07/2025,P,C2,N1,K2,PR1")
    assert placements(reading) == [("U6", "01/05/2025", "01/07/2025", None), ("K2", "01/07/2025", None, None)]
    assert reading.rules() == ["open-before-another"]


def test_episodes_that_overlap_stay_as_recorded(tmp_path: Path) -> None:
    reading = of(tmp_path, "01/05/2025,S,C2,N1,U6,PR1,01/08/2025,X1", "01/07/2025,P,C2,N1,K2,PR1")
    assert placements(reading) == [("U6", "01/05/2025", "01/08/2025", None), ("K2", "01/07/2025", None, None)]
    assert reading.rules() == ["episodes-overlap"]


def test_an_episode_of_no_length_is_not_the_one_that_starts_on_its_day(tmp_path: Path) -> None:
    reading = of(
        tmp_path,
        "01/05/2025,S,C2,N1,U6,PR1,01/06/2025,X1",
        "01/06/2025,P,C2,N1,K2,PR1",
        "01/06/2025,P,C2,N1,T4,PR1,01/06/2025,X1",
    )
    assert [row[0] for row in placements(reading)] == ["U6", "T4", "K2"]
    assert len(set(reading.column("ssd_cla_episodes", "clae_cla_episode_id"))) == 3


def test_several_moves_of_one_day_are_all_kept(tmp_path: Path) -> None:
    day = "01/06/2025"
    reading = of(
        tmp_path,
        f"01/05/2025,S,C2,N1,U6,PR1,{day},X1",
        f"{day},P,C2,N1,U4,PR1,{day},X1",
        f"{day},P,C2,N1,K2,PR1,{day},X1",
        f"{day},P,C2,N1,K2,PR1,{day},X1",
        f"{day},P,C2,N1,U1,PR1",
    )
    assert [row[0] for row in placements(reading)] == ["U6", "U4", "K2", "U1"]
    assert len(set(reading.column("ssd_cla_episodes", "clae_cla_episode_id"))) == 4
    assert reading.rules() == ["row-twice"], "the same row twice is still counted once, and said"


def test_half_an_end_is_told(tmp_path: Path) -> None:
    reading = of(tmp_path, "01/05/2025,S,C2,N1,U6,PR1,01/06/2025,", "01/06/2025,P,C2,N1,K2,PR1,,E3")
    assert reading.rules() == ["end-without-reason", "reason-without-end"]
    assert reading.column("ssd_cla_episodes", "clae_cla_episode_ceased_reason") == [None, "E3"]
    assert reading.column("ssd_cla_episodes", "clae_cla_episode_ceased_date") == [date(2025, 6, 1), None]


@pytest.mark.parametrize(
    ("row", "rule", "column"),
    [
        ("32/05/2025,S,C2,N1,U6,PR1", "not-a-date", "DECOM"),
        (",S,C2,N1,U6,PR1", "missing-value", "DECOM"),
        ("01/10/2026,S,C2,N1,U6,PR1", "after-edition", "DECOM"),
        ("01/05/1925,S,C2,N1,U6,PR1", "not-a-likely-date", "DECOM"),
        ("01/05/2025,S,C2,N1,U6,PR1,soon,X1", "not-a-date", "DEC"),
        ("01/05/2025,S,C2,N1,U6,PR1,30/04/2025,X1", "ends-before-start", "DEC"),
    ],
)
def test_a_day_that_matters_keeps_the_row_out(tmp_path: Path, row: str, rule: str, column: str) -> None:
    reading = of(tmp_path, row)
    (finding,) = reading.findings
    assert (finding.rule, finding.severity, finding.table) == (rule, "error", "ssd_cla_episodes")
    assert (finding.problem.row, finding.problem.column, finding.key) == (2, column, "A1")
    assert reading.tables["ssd_cla_episodes"] == []


def test_codes_of_coming_years_are_kept_and_told(tmp_path: Path) -> None:
    reading = of(tmp_path, "01/05/2025,S,c2,N1,K9,PR1,09/08/2025,E99,SOMETHING ELSE")
    row = reading.tables["ssd_cla_episodes"][0]
    assert row["clae_cla_episode_ceased_reason"] == "E99"
    assert reading.column("ssd_cla_placement", "clap_cla_placement_type") == ["K9"]
    assert reading.column("ssd_cla_placement", "clap_cla_placement_change_reason") == [None]
    assert reading.column("ssd_legal_status", "lega_legal_status") == ["C2"]
    assert [(finding.rule, finding.severity, finding.problem.column) for finding in reading.findings] == [
        ("unknown-code", "warning", "PLACE"),
        ("unknown-code", "warning", "REC"),
        ("unknown-code", "warning", "REASON_PLACE_CHANGE"),
    ]


def test_days_after_the_returns_are_told(tmp_path: Path) -> None:
    others = [f"A{at},01/05/2025,S,C2,N1,U6,PR1" for at in range(2, 8)]  # of the year that the folder names
    late = "A1,01/05/2025,S,C2,N1,U6,PR1,02/04/2026,E3"
    reading = read(tmp_path, [episodes(tmp_path / YEAR, late, *others)])
    assert reading.only("after-return").problem.column == "DEC"
    assert of(tmp_path, "01/05/2025,S,C2,N1,U6,PR1,01/04/2026,E3").findings == []
    assert read(tmp_path, [episodes(tmp_path / YEAR, "A1,02/05/2026,S,C2,N1,U6,PR1", *others)]).rules() == [
        "after-return"
    ]
