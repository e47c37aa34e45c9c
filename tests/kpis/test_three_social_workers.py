from datetime import date
from pathlib import Path
from typing import Any

from rows import Row, care_episode, department, in_need_plan, involvement, protection_plan
from twice import Result, twice

FIRST, LAST = date(2025, 3, 1), date(2026, 3, 31)
MARCH = date(2026, 3, 31)
OLD = date(2024, 6, 1)
AUTUMN, WINTER = date(2025, 10, 1), date(2026, 1, 10)
Step = tuple[date, str | None]


def held_by(person: str, *steps: Step, until: date | None = None) -> list[Row]:
    """One worker after another: when each began and who it was."""
    ends = [start for start, _ in steps[1:]] + [until]
    return [involvement(person, worker, start, end) for (start, worker), end in zip(steps, ends, strict=True)]


def figures(folder: Path, involvements: list[Row], **tables: Any) -> Result:
    given = {"ssd_involvements": involvements, **tables}
    return twice("three_social_workers", folder, given, first_day=FIRST, last_day=LAST)


def had_three(folder: Path, involvements: list[Row]) -> bool:
    """Whether the one child has had three or more."""
    ((numerator, denominator),) = figures(folder, involvements).values()
    assert denominator == 1.0
    return numerator == 1.0


def test_three_different_workers_count_and_two_do_not(tmp_path: Path) -> None:
    assert had_three(tmp_path, held_by("C1", (OLD, "W1"), (AUTUMN, "W2"), (WINTER, "W3")))
    assert not had_three(tmp_path, held_by("C1", (OLD, "W1"), (AUTUMN, "W2")))


def test_a_worker_who_comes_back_counts_once(tmp_path: Path) -> None:
    assert not had_three(tmp_path, held_by("C1", (OLD, "W1"), (AUTUMN, "W2"), (WINTER, "W1")))


def test_a_spell_counts_if_open_when_the_12_months_begin_and_up_to_their_last_day(tmp_path: Path) -> None:
    for end, counts in ((date(2025, 3, 31), False), (date(2025, 4, 1), True)):
        assert had_three(tmp_path, held_by("C1", (OLD, "W1"), (end, "W2"), (AUTUMN, "W3"))) == counts
    for start, counts in ((MARCH, True), (date(2026, 4, 1), False)):
        assert had_three(tmp_path, held_by("C1", (OLD, "W1"), (AUTUMN, "W2"), (start, "W3"))) == counts


def test_a_worker_who_was_never_the_one_allocated_does_not_count(tmp_path: Path) -> None:
    in_the_shadow = involvement("C1", "W9", AUTUMN, WINTER, invo_involvements_id="Z")
    two = [involvement("C1", "W1", OLD, AUTUMN), involvement("C1", "W2", AUTUMN, invo_involvements_id="A")]
    assert not had_three(tmp_path, [*two, in_the_shadow])
    assert had_three(tmp_path, [*two, involvement("C1", "W9", WINTER, date(2026, 1, 11))])


def test_other_roles_and_spells_without_a_named_worker_add_none(tmp_path: Path) -> None:
    two = held_by("C1", (OLD, "W1"), (AUTUMN, None), (WINTER, "W2"))
    helper = involvement("C1", "W3", AUTUMN, invo_professional_role_id="Family Support Worker")
    assert not had_three(tmp_path, [*two, helper])


def test_a_child_without_an_allocated_worker_at_the_months_end_is_left_out(tmp_path: Path) -> None:
    three = ((OLD, "W1"), (AUTUMN, "W2"), (WINTER, "W3"))
    assert figures(tmp_path, held_by("C1", *three, until=MARCH)) == {}
    assert had_three(tmp_path, held_by("C1", *three, until=date(2026, 4, 1)))


def test_an_allocation_written_twice_is_one_child(tmp_path: Path) -> None:
    row = involvement("C1", "W1", OLD)
    assert figures(tmp_path, [row, row]) == {(MARCH, "T1", "W1", "other"): (0.0, 1.0)}


def test_by_the_plan_type_team_and_worker_of_the_months_end(tmp_path: Path) -> None:
    involvements = [
        *held_by("C1", (OLD, "W1"), (AUTUMN, "W2"), (WINTER, "W3")),
        involvement("C2", "W3", OLD, invo_professional_team="T2"),
        involvement("C3", None, OLD, invo_professional_team=None),
        involvement("C4", "W3", OLD),
    ]
    kpi_figures = figures(
        tmp_path,
        involvements,
        ssd_cla_episodes=[care_episode("C1", OLD)],
        ssd_cp_plans=[protection_plan("C2", OLD)],
        ssd_cin_plans=[in_need_plan("C3", OLD), in_need_plan("C4", OLD, MARCH)],
        ssd_department=[department("T2", "South")],
    )
    assert kpi_figures == {
        (MARCH, "T1", "W3", "in care"): (1.0, 1.0),
        (MARCH, "South", "W3", "protection"): (0.0, 1.0),
        (MARCH, None, None, "in need"): (0.0, 1.0),
        (MARCH, "T1", "W3", "other"): (0.0, 1.0),
    }


def test_the_first_figure_is_12_months_after_the_records_begin(tmp_path: Path) -> None:
    kpi_figures = figures(tmp_path, [involvement("C1", "W1", OLD)])
    assert {key[0] for key in kpi_figures} == {MARCH}


def test_nobody_allocated_gives_no_figures(tmp_path: Path) -> None:
    assert figures(tmp_path, []) == {}
