from datetime import date
from pathlib import Path
from typing import Any

from rows import Row, care_episode, department, involvement
from twice import Result, counted, twice

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
JANUARY, FEBRUARY, MARCH = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)
OLD = date(2025, 5, 5)


def status(person: str, code: str, start: date, end: date | None = None) -> Row:
    return {
        "lega_legal_status_id": f"L{person}{start}",
        "lega_person_id": person,
        "lega_legal_status": code,
        "lega_legal_status_start_date": start,
        "lega_legal_status_end_date": end,
    }


def figures(folder: Path, episodes: list[Row], **tables: Any) -> Result:
    given = {"ssd_cla_episodes": episodes, **tables}
    return counted(twice("children_in_care", folder, given, first_day=FIRST, last_day=LAST))


def counts(kpi_figures: Result) -> dict[date, float]:
    assert all(denominator is None for _, denominator in kpi_figures.values())
    return {key[0]: numerator for key, (numerator, _) in kpi_figures.items()}


def test_in_care_from_the_day_it_starts_to_the_day_before_it_ends(tmp_path: Path) -> None:
    episodes = [
        care_episode("C1", JANUARY, FEBRUARY),
        care_episode("C2", OLD, date(2026, 3, 1)),
        care_episode("C3", date(2026, 3, 31)),
        care_episode("C4", date(2026, 4, 1)),
    ]
    assert counts(figures(tmp_path, episodes)) == {JANUARY: 2.0, FEBRUARY: 1.0, MARCH: 1.0}


def test_a_child_counts_once_however_many_episodes_are_open(tmp_path: Path) -> None:
    episode = care_episode("C1", OLD)
    assert counts(figures(tmp_path, [episode, episode, care_episode("C1", date(2025, 8, 1))])) == dict.fromkeys(
        (JANUARY, FEBRUARY, MARCH), 1.0
    )


def test_a_series_of_short_breaks_is_left_out_while_it_lasts(tmp_path: Path) -> None:
    episodes = [care_episode("C1", OLD), care_episode("C2", OLD), care_episode("C3", OLD)]
    statuses = [
        status("C1", "V4", OLD, FEBRUARY),
        status("C2", "V3", OLD, date(2026, 3, 1)),
        status("C3", "C2", OLD),
    ]
    assert counts(figures(tmp_path, episodes, ssd_legal_status=statuses)) == {JANUARY: 1.0, FEBRUARY: 2.0, MARCH: 3.0}


def test_team_and_worker_are_those_allocated_at_the_months_end(tmp_path: Path) -> None:
    involvements = [
        involvement("C1", "W1", OLD, JANUARY),
        involvement("C1", "W2", JANUARY, invo_professional_team="T2"),
        involvement("C2", None, OLD, invo_professional_team=None),
    ]
    episodes = [care_episode(person, OLD, FEBRUARY) for person in ("C1", "C2", "C3")]
    kpi_figures = figures(
        tmp_path, episodes, ssd_involvements=involvements, ssd_department=[department("T2", "Permanence")]
    )
    assert kpi_figures == {(JANUARY, "Permanence", "W2", None): (1.0, None), (JANUARY, None, None, None): (2.0, None)}


def test_the_figures_begin_where_the_records_do(tmp_path: Path) -> None:
    assert counts(figures(tmp_path, [care_episode("C1", date(2026, 2, 20))])) == {FEBRUARY: 1.0, MARCH: 1.0}


def test_no_episodes_give_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path, []) == {}
