import random
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from holders import handed_over
from rows import Row, care_episode, department, involvement
from twice import Result, twice

FIRST, LAST = date(2023, 9, 1), date(2026, 3, 31)
MARCH = date(2026, 3, 31)
OLD, BIRTH = date(2020, 6, 1), date(2014, 3, 3)
ON_THE_LIMIT, ONE_LATER = date(2024, 3, 31), date(2024, 4, 1)
Step = tuple[date, str, str | None]
_numbers = count(1)


def placement(person: str, start: date, end: date | None, kind: str = "U4", reason: str | None = None) -> Row:
    return {
        "clap_cla_placement_id": f"P{next(_numbers):04}",
        "clap_person_id": person,
        "clap_cla_placement_start_date": start,
        "clap_cla_placement_end_date": end,
        "clap_cla_placement_type": kind,
        "clap_cla_placement_change_reason": reason,
    }


def homes_of(person: str, *steps: Step) -> list[Row]:
    """Placements one after another: when each began, its type, and why it ended."""
    ends = [start for start, _, _ in steps[1:]] + [None]
    return [placement(person, start, end, kind, why) for (start, kind, why), end in zip(steps, ends, strict=True)]


def figures(folder: Path, placements: list[Row], episodes: list[Row], **tables: Any) -> Result:
    people = sorted({row["clae_person_id"] for row in episodes})
    given = {
        "ssd_cla_placement": [placement("another", FIRST, LAST), *placements],
        "ssd_cla_episodes": episodes,
        "ssd_person": [{"pers_person_id": person, "pers_dob": BIRTH} for person in people],
        **tables,
    }
    return twice("long_term_stability", folder, given, first_day=FIRST, last_day=LAST)


def latest(
    folder: Path, placements: list[Row], episodes: list[Row], **tables: Any
) -> tuple[float, float | None] | None:
    return figures(folder, placements, episodes, **tables).get((MARCH, None, None, None))


def settled(folder: Path, *steps: Step) -> bool:
    """Whether the one child counts as in the same placement."""
    latest_parts = latest(folder, homes_of("C1", *steps), [care_episode("C1", OLD)])
    assert latest_parts is not None
    assert latest_parts[1] == 1.0
    return latest_parts[0] == 1.0


def test_two_years_to_the_day_are_long_enough(tmp_path: Path) -> None:
    assert settled(tmp_path, (OLD, "U4", "CREQB"), (ON_THE_LIMIT, "U4", None))
    assert not settled(tmp_path, (OLD, "U4", "CREQB"), (ONE_LATER, "U4", None))


def test_a_move_before_the_months_end_counts_and_one_after_it_does_not(tmp_path: Path) -> None:
    assert not settled(tmp_path, (OLD, "U4", "CREQB"), (MARCH, "U4", None))
    assert settled(tmp_path, (OLD, "U4", "CREQB"), (date(2026, 4, 1), "U4", None))


@pytest.mark.parametrize(("reason", "is_settled"), [("PLACE", True), ("CARPL", False), (None, False)])
def test_the_same_carer_under_another_status_is_one_home(tmp_path: Path, reason: str | None, is_settled: bool) -> None:
    assert settled(tmp_path, (OLD, "U4", reason), (ONE_LATER, "U1", None)) == is_settled


@pytest.mark.parametrize(
    ("kind", "is_settled"), [("A3", True), ("A4", True), ("A5", True), ("A6", True), ("U1", False)]
)
def test_an_adoptive_placement_is_joined_to_the_one_before(tmp_path: Path, kind: str, is_settled: bool) -> None:
    assert settled(tmp_path, (OLD, "U4", "CARPL"), (ONE_LATER, kind, None)) == is_settled


def test_an_adoptive_placement_is_joined_to_one_home_only(tmp_path: Path) -> None:
    autumn = date(2024, 10, 1)
    assert not settled(tmp_path, (OLD, "U4", "CARPL"), (ONE_LATER, "U4", "CARPL"), (autumn, "A6", None))
    assert settled(tmp_path, (OLD, "U4", "PLACE"), (ONE_LATER, "U4", "CARPL"), (autumn, "A6", None))
    assert not settled(tmp_path, (OLD, "U4", "CARPL"), (ONE_LATER, "A6", "CARPL"), (autumn, "U4", None))
    assert not settled(tmp_path, (ONE_LATER, "A6", None))


@pytest.mark.parametrize(("kind", "is_settled"), [("T0", True), ("T4", True), ("U3", False)])
def test_a_child_in_a_temporary_placement_still_lives_in_the_home_before(
    tmp_path: Path, kind: str, is_settled: bool
) -> None:
    assert settled(tmp_path, (OLD, "U4", None), (date(2026, 3, 20), kind, None)) == is_settled


def test_a_return_after_a_temporary_placement_is_to_the_same_home_unless_it_is_another_place(tmp_path: Path) -> None:
    away, back = date(2025, 8, 1), date(2025, 8, 15)
    assert settled(tmp_path, (OLD, "U4", None), (away, "T1", None), (back, "U4", None))
    assert not settled(tmp_path, (OLD, "U4", "CARPL"), (away, "T1", None), (back, "U1", None))
    assert settled(tmp_path, (OLD, "U4", "PLACE"), (away, "T1", None), (back, "U1", None))
    assert not settled(tmp_path, (OLD, "U4", None), (away, "K2", None), (back, "U4", None))
    assert not settled(tmp_path, (OLD, "T1", None))


def test_a_placement_of_no_days_or_written_twice_changes_nothing(tmp_path: Path) -> None:
    home = homes_of("C1", (OLD, "U4", None))
    no_days = placement("C1", ONE_LATER, ONE_LATER)
    assert latest(tmp_path, [*home, *home, no_days], [care_episode("C1", OLD)]) == (1.0, 1.0)


def test_a_child_without_a_placement_then_is_not_in_the_same_one(tmp_path: Path) -> None:
    assert latest(tmp_path, [], [care_episode("C1", OLD)]) == (0.0, 1.0)
    ended = placement("C1", OLD, MARCH)
    assert latest(tmp_path, [ended], [care_episode("C1", OLD)]) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("spans", "is_counted"),
    [
        ([(date(2023, 9, 30), None)], True),
        ([(date(2023, 10, 1), None)], False),
        ([(OLD, ONE_LATER), (ONE_LATER, None)], True),
        ([(OLD, ON_THE_LIMIT), (ONE_LATER, None)], False),
        ([(OLD, date(2025, 1, 1)), (ONE_LATER, None), (date(2024, 1, 1), date(2024, 6, 1))], True),
        ([(OLD, MARCH)], False),
        ([(OLD, date(2026, 4, 1))], True),
        ([(OLD, None), (ONE_LATER, ONE_LATER)], True),
    ],
)
def test_in_care_two_and_a_half_years_without_a_break(
    tmp_path: Path, spans: list[tuple[date, date | None]], is_counted: bool
) -> None:
    episodes = [care_episode("C1", start, end) for start, end in spans]
    latest_parts = latest(tmp_path, homes_of("C1", (OLD, "U4", None)), episodes)
    assert latest_parts == ((1.0, 1.0) if is_counted else None)


@pytest.mark.parametrize(
    ("status", "end", "is_counted"),
    [("V3", date(2023, 9, 30), True), ("V4", date(2023, 10, 1), False), ("V4", None, False), ("C2", None, True)],
)
def test_short_breaks_are_no_care(tmp_path: Path, status: str, end: date | None, is_counted: bool) -> None:
    legal = {
        "lega_legal_status_id": "S1",
        "lega_person_id": "C1",
        "lega_legal_status": status,
        "lega_legal_status_start_date": date(2021, 1, 1),
        "lega_legal_status_end_date": end,
    }
    latest_parts = latest(
        tmp_path, homes_of("C1", (OLD, "U4", None)), [care_episode("C1", OLD)], ssd_legal_status=[legal]
    )
    assert latest_parts == ((1.0, 1.0) if is_counted else None)


@pytest.mark.parametrize(
    ("birth", "is_counted"),
    [(date(2010, 3, 31), False), (date(2010, 4, 1), True), (date(2021, 1, 1), True), (None, False)],
)
def test_under_16_on_the_day(tmp_path: Path, birth: date | None, is_counted: bool) -> None:
    person = {"pers_person_id": "C1", "pers_dob": birth}
    latest_parts = latest(
        tmp_path, homes_of("C1", (OLD, "U4", None)), [care_episode("C1", OLD)], ssd_person=[person, person]
    )
    assert latest_parts == ((1.0, 1.0) if is_counted else None)


@pytest.mark.parametrize(
    ("episodes_from", "placements_from", "begins"),
    [
        (date(2023, 9, 1), date(2023, 9, 1), MARCH),
        (date(2023, 8, 20), date(2023, 8, 20), date(2026, 2, 28)),
        (date(2023, 10, 1), date(2023, 8, 1), None),
        (date(2023, 8, 1), date(2024, 3, 1), MARCH),
        (date(2023, 8, 1), date(2024, 4, 1), None),
    ],
)
def test_it_starts_30_months_after_the_episodes_and_24_after_the_placements(
    tmp_path: Path, episodes_from: date, placements_from: date, begins: date | None
) -> None:
    tables = {
        "ssd_cla_episodes": [care_episode("C1", episodes_from), care_episode("C1", episodes_from)],
        "ssd_cla_placement": [placement("C1", placements_from, None)],
        "ssd_person": [{"pers_person_id": "C1", "pers_dob": BIRTH}],
    }
    kpi_figures = twice("long_term_stability", tmp_path, tables, first_day=date(2023, 1, 1), last_day=LAST)
    assert min((key[0] for key in kpi_figures), default=None) == begins


def test_team_and_worker_are_those_allocated_at_the_months_end(tmp_path: Path) -> None:
    people = ("C1", "C2", "C3")
    placements = [row for person in people for row in homes_of(person, (OLD, "U4", None))]
    kpi_figures = figures(tmp_path, placements, [care_episode(person, OLD) for person in people], **handed_over(MARCH))
    assert kpi_figures == {(MARCH, "South", "W2", None): (1.0, 1.0), (MARCH, None, None, None): (2.0, 2.0)}


def test_nobody_in_care_gives_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path, [], []) == {}
    tables = {"ssd_cla_episodes": [care_episode("C1", OLD)]}
    assert twice("long_term_stability", tmp_path, tables, first_day=FIRST, last_day=LAST) == {}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_random_care_is_computed_the_same_in_python(tmp_path: Path, seed: int) -> None:
    """Children long in care, as the small councils of the other recomputations have none."""
    chance = random.Random(seed)
    first, length = date(2019, 1, 1), 1460
    placements, episodes, people, legal = [], [], [], []

    def days(number: int) -> list[date]:
        return [first + timedelta(days=day) for day in sorted(chance.sample(range(-300, length), number))]

    for number in range(60):
        person = f"C{number}"
        people.append({"pers_person_id": person, "pers_dob": date(chance.randint(2002, 2019), 3, 31)})
        starts = [first - timedelta(days=chance.randint(0, 500)), *days(chance.choice([0, 0, 1, 3]))]
        gap = timedelta(days=chance.choice([0, 0, 0, 1]))
        ends = [start - gap for start in starts[1:]] + [chance.choice([None, None, date(2022, 8, 31)])]
        episodes += [care_episode(person, start, end) for start, end in zip(starts, ends, strict=True)]
        moves = [(starts[0], "U4", chance.choice(["PLACE", "CARPL", None]))]
        moves += [
            (day, chance.choice(["U4", "A3", "A4", "A6", "T0", "T3", "K2"]), chance.choice(["PLACE", "CARPL", None]))
            for day in days(chance.choice([0, 0, 1, 2, 4]))
        ]
        placements += homes_of(person, *sorted(moves))
        if number % 6 == 0:
            start, end = days(2)
            legal.append(
                {
                    "lega_legal_status_id": f"S{number}",
                    "lega_person_id": person,
                    "lega_legal_status": chance.choice(["V3", "V4", "C2"]),
                    "lega_legal_status_start_date": start,
                    "lega_legal_status_end_date": end,
                }
            )
    tables = {
        "ssd_cla_episodes": episodes,
        "ssd_cla_placement": placements,
        "ssd_person": people,
        "ssd_legal_status": legal,
        "ssd_involvements": [
            involvement(f"C{number}", f"W{number % 7}", first, invo_professional_team=f"T{number % 3}")
            for number in range(0, 60, 2)
        ],
        "ssd_department": [department("T1", "North")],
    }
    kpi_figures = twice("long_term_stability", tmp_path, tables, first_day=first, last_day=date(2022, 12, 31))
    assert (
        0.2
        < sum(above for above, _ in kpi_figures.values()) / sum(below or 0 for _, below in kpi_figures.values())
        < 0.95
    )
