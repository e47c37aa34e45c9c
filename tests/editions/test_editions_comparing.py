"""Which figures differ between two editions, by how much, and which are new or gone."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from small_council import JUNE, SEPTEMBER, Council, monthly

from improvement_board.building.compare import COLUMNS, Comparison, compare_editions, comparison_csv
from improvement_board.errors import InputError

AUGUST = date(2026, 8, 31)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Council:
    """Two revisions: `seen` restated for North's w1 in August, `cases` gone for South and new for =East; others in one
    of them only."""
    council = Council(tmp_path_factory.mktemp("two"))
    count = {"unit": "count", "denominator": None}
    council.define("cases", **count, category="Plan type")
    council.define("gone", **count)
    council.define("added", **count)
    steady = monthly([(2, 4), (2, 4)], team="South", worker="w2")
    before = {
        "seen": [*monthly([(1, 2), (3, 4)], team="North", worker="w1"), *steady],
        "cases": [*monthly([5, 6], team="South", category="b"), *monthly([1, 1], team="North", category="a")],
        "gone": monthly([1]),
    }
    council.publish(SEPTEMBER, before)
    council.define("cases", **count, category="Plan type", definition="Another")
    after = {
        "seen": [*monthly([(2, 2), (3, 4)], team="North", worker="w1"), *steady],
        "cases": [*monthly([1, 1], team="North", category="a"), *monthly([4, 0.1 + 0.2], team="=East", category="b")],
        "added": monthly([7]),
    }
    council.publish(SEPTEMBER, after)
    return council


def compared(council: Council, *kpis: str, level: str = "team") -> Comparison:
    folder = council.home.editions
    return compare_editions(folder / "2026-09-30", folder / "2026-09-30.2", kpis, level)  # type: ignore[arg-type]


def told(comparison: Comparison, kpi: str) -> list[tuple[object, ...]]:
    return [
        (
            difference.kind,
            difference.key.level,
            difference.key.words(),
            difference.key.period_end,
            difference.old and difference.old.value,
            difference.new and difference.new.value,
            difference.difference,
        )
        for difference in comparison.of(kpi)
    ]


def test_a_restated_figure_is_told_at_every_level_asked_for(two: Council) -> None:
    service = ("changed", "service", "all", AUGUST, 50.0, pytest.approx(200 / 3), pytest.approx(200 / 3 - 50))
    team = ("changed", "team", "North", AUGUST, 50.0, 100.0, 50.0)
    worker = ("changed", "worker", "North, w1", AUGUST, 50.0, 100.0, 50.0)
    assert told(compared(two, level="service"), "seen") == [service]
    assert told(compared(two), "seen") == [service, team]
    assert told(compared(two, "seen", level="worker"), "seen") == [service, team, worker]


def test_new_and_vanished_figures_are_told_with_their_category_and_team(two: Council) -> None:
    assert told(compared(two), "cases") == [
        ("changed", "service", "all", AUGUST, 6.0, 5.0, -1.0),
        ("changed", "service", "all", SEPTEMBER, 7.0, pytest.approx(1.3), pytest.approx(-5.7)),
        ("changed", "service", "b", AUGUST, 5.0, 4.0, -1.0),
        ("changed", "service", "b", SEPTEMBER, 6.0, pytest.approx(0.3), pytest.approx(-5.7)),
        ("new", "team", "=East", AUGUST, None, 4.0, None),
        ("new", "team", "=East", SEPTEMBER, None, pytest.approx(0.3), None),
        ("vanished", "team", "South", AUGUST, 5.0, None, None),
        ("vanished", "team", "South", SEPTEMBER, 6.0, None, None),
    ]


def test_it_says_whose_definition_changed_and_which_kpi_one_of_them_lacks(two: Council) -> None:
    comparison = compared(two)
    assert comparison.redefined == {"added": None, "cases": True, "gone": None, "seen": False}
    assert told(comparison, "gone") == [("vanished", "service", "all", SEPTEMBER, 1.0, None, None)]
    assert told(comparison, "added") == [("new", "service", "all", SEPTEMBER, None, 7.0, None)]
    only = compared(two, "seen")
    assert only.titles == {"seen": "Seen"}
    assert {difference.key.kpi for difference in only.differences} == {"seen"}


def test_an_edition_does_not_differ_from_itself_nor_by_the_last_digits(two: Council, tmp_path: Path) -> None:
    folder = two.home.editions / "2026-09-30.2"
    assert compare_editions(folder, folder, level="worker").differences == ()
    council = Council(tmp_path)
    council.publish(JUNE, {"seen": monthly([(0.1 + 0.2, 3)], JUNE)})
    council.publish(JUNE, {"seen": monthly([(0.3, 3)], JUNE)})
    editions = council.home.editions
    assert compare_editions(editions / "2026-06-30", editions / "2026-06-30.2").differences == ()


def test_the_csv_has_every_difference_unrounded_and_no_formula(two: Council) -> None:
    comparison = compared(two)
    text = comparison_csv(comparison)
    assert text.startswith("\ufeff" + ",".join(COLUMNS) + "\r\n")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == len(comparison.differences)
    east = [row for row in rows if row["team"] == "'=East"]
    assert [(row["old"], row["new"], row["difference"]) for row in east] == [
        ("", "4", ""),
        ("", "0.30000000000000004", ""),
    ]
    assert east[0] == {
        "old_edition": "2026-09-30", "new_edition": "2026-09-30.2", "kpi": "cases", "title": "Cases", "level": "team",
        "team": "'=East", "worker": "", "category": "", "period_end": "2026-08-31", "period": "month", "unit": "count",
        "old": "", "new": "4", "difference": "", "change": "new", "definition_changed": "yes",
    }  # fmt: skip


def test_a_kpi_of_neither_or_a_damaged_edition_is_refused(two: Council, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"--kpi = 'happiness': is a KPI of neither edition \(allowed: added, cases"):
        compared(two, "happiness")
    with pytest.raises(InputError, match="is missing: the edition was not finished"):
        compare_editions(two.home.editions / "2026-09-30", tmp_path)
