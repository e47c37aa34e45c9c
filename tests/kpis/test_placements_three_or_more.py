from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from rows import Row, care_episode, department, involvement
from twice import Result, twice

FIRST, LAST = date(2025, 3, 1), date(2026, 3, 31)
MARCH = date(2026, 3, 31)
OLD, AUTUMN, WINTER = date(2024, 6, 1), date(2025, 10, 1), date(2026, 1, 10)
Step = tuple[date, str, str | None]
_numbers = count(1)


def placement(person: str, start: date, end: date | None, kind: str = "U4", reason: str | None = None) -> Row:
    return {
        "clap_cla_placement_id": f"P{next(_numbers):03}",
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
    given = {"ssd_cla_placement": placements, "ssd_cla_episodes": episodes, **tables}
    return twice("placements_three_or_more", folder, given, first_day=FIRST, last_day=LAST)


def counted(folder: Path, placements: list[Row]) -> set[str | None]:
    """Which children have three or more; each is held by a worker of their own name."""
    people = sorted({row["clap_person_id"] for row in placements})
    kpi_figures = figures(
        folder,
        placements,
        [care_episode(person, OLD) for person in people],
        ssd_involvements=[involvement(person, person, OLD) for person in people],
    )
    assert {key[2]: denominator for key, (_, denominator) in kpi_figures.items()} == dict.fromkeys(people, 1.0)
    return {key[2] for key, (numerator, _) in kpi_figures.items() if numerator}


def test_three_placements_in_the_year_count_and_two_do_not(tmp_path: Path) -> None:
    first, second, third = (OLD, "U4", "CARPL"), (AUTUMN, "K2", "CREQB"), (WINTER, "U4", None)
    placements = homes_of("three", first, second, third) + homes_of("two", first, second)
    assert counted(tmp_path, placements) == {"three"}


def test_a_placement_counts_if_open_when_the_12_months_begin_and_up_to_their_last_day(tmp_path: Path) -> None:
    def old_home_until(day: date) -> tuple[Step, Step, Step]:
        return (OLD, "U4", "CARPL"), (day, "K2", "CREQB"), (AUTUMN, "U4", None)

    def new_home_from(day: date) -> tuple[Step, Step, Step]:
        return (OLD, "U4", "CARPL"), (AUTUMN, "K2", "CREQB"), (day, "U4", None)

    placements = [
        *homes_of("left before", *old_home_until(date(2025, 3, 31))),
        *homes_of("left on the first day", *old_home_until(date(2025, 4, 1))),
        *homes_of("came on the last day", *new_home_from(MARCH)),
        *homes_of("came after", *new_home_from(date(2026, 4, 1))),
    ]
    assert counted(tmp_path, placements) == {"left on the first day", "came on the last day"}


def test_a_temporary_placement_is_not_one(tmp_path: Path) -> None:
    placements = [
        row
        for kind in ("T0", "T1", "T2", "T3", "T4", "U3")
        for row in homes_of(kind, (OLD, "U4", "CARPL"), (AUTUMN, kind, None), (WINTER, "U4", None))
    ]
    assert counted(tmp_path, placements) == {"U3"}


def test_a_return_from_a_temporary_placement_to_the_same_one_is_no_new_placement(tmp_path: Path) -> None:
    """The same type, postcode and URN as before it; one more home makes three."""
    again = date(2026, 3, 1)

    def away(person: str, before: Row, after: Row) -> list[Row]:
        rows = homes_of(person, (OLD, "U4", None), (AUTUMN, "T1", None), (WINTER, "U4", "CARPL"), (again, "K2", None))
        return [rows[0] | before, rows[1], rows[2] | after, rows[3]]

    postcode, urn, kind = (f"clap_cla_placement_{name}" for name in ("postcode", "urn", "type"))
    placements = [
        *away("nothing recorded", {}, {}),
        *away("same place", {postcode: "M1 1AA", urn: "SC1"}, {postcode: "m11aa", urn: "SC1"}),
        *away("recorded once", {postcode: "M1 1AA"}, {urn: "SC1"}),
        *away("other postcode", {postcode: "M1 1AA"}, {postcode: "M1 1AB"}),
        *away("other URN", {urn: "SC1"}, {urn: "SC2"}),
        *away("other type", {}, {kind: "U1"}),
        *homes_of("no home before", (AUTUMN, "T1", None), (WINTER, "U4", "CARPL"), (again, "K2", "CARPL")),
    ]
    assert counted(tmp_path, placements) == {"other postcode", "other URN", "other type"}


def test_adoption_by_the_current_carer_is_no_new_placement(tmp_path: Path) -> None:
    placements = [
        row
        for kind in ("A3", "A4", "A5", "A6")
        for row in homes_of(kind, (OLD, "U4", "CARPL"), (AUTUMN, "U2", "CARPL"), (WINTER, kind, None))
    ]
    assert counted(tmp_path, placements) == {"A4", "A6"}


def test_the_same_carer_under_another_status_is_one_home_also_when_its_first_part_is_long_past(tmp_path: Path) -> None:
    winter_before = date(2025, 2, 1)
    placements = [
        *homes_of("two homes", (OLD, "U4", "CARPL"), (AUTUMN, "U4", "PLACE"), (WINTER, "U1", None)),
        *homes_of(
            "three homes",
            (OLD, "U4", "PLACE"),
            (winter_before, "U1", "CARPL"),
            (AUTUMN, "K2", "CREQB"),
            (WINTER, "U4", None),
        ),
    ]
    assert counted(tmp_path, placements) == {"three homes"}


def test_a_placement_of_no_days_or_written_twice_is_not_another(tmp_path: Path) -> None:
    no_days = homes_of("no days", (OLD, "U4", "CARPL"), (AUTUMN, "K2", None))
    written_twice = homes_of("written twice", (OLD, "U4", "CARPL"), (AUTUMN, "K2", None))
    placements = [*no_days, placement("no days", AUTUMN, AUTUMN), *written_twice, written_twice[1]]
    assert counted(tmp_path, placements) == set()


def test_a_child_without_placements_stays_in_the_denominator_and_one_who_left_does_not(tmp_path: Path) -> None:
    left = [placement("C2", *days) for days in ((OLD, AUTUMN), (AUTUMN, WINTER), (WINTER, MARCH))]
    episodes = [care_episode("C1", OLD), care_episode("C2", OLD, MARCH)]
    assert figures(tmp_path, left, episodes) == {(MARCH, None, None, None): (0.0, 1.0)}


def test_the_first_figure_is_12_months_after_the_records_begin(tmp_path: Path) -> None:
    kpi_figures = figures(tmp_path, homes_of("C1", (OLD, "U4", None)), [care_episode("C1", OLD)])
    assert {key[0] for key in kpi_figures} == {MARCH}


def test_team_and_worker_are_those_allocated_at_the_months_end(tmp_path: Path) -> None:
    involvements = [
        involvement("C1", "W1", OLD, MARCH),
        involvement("C1", "W2", MARCH, invo_professional_team="T2"),
        involvement("C2", None, OLD, invo_professional_team=None),
    ]
    episodes = [care_episode("C1", OLD), care_episode("C2", OLD)]
    names = [department("T2", "Permanence")]
    homes = homes_of("C1", (OLD, "U4", None))
    assert figures(tmp_path, homes, episodes, ssd_involvements=involvements, ssd_department=names) == {
        (MARCH, "Permanence", "W2", None): (0.0, 1.0),
        (MARCH, None, None, None): (0.0, 1.0),
    }


def test_nobody_in_care_gives_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path, [], [care_episode("C1", OLD, date(2025, 6, 1))]) == {}
