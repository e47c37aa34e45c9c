"""The proof over time: three to five editions in which indicators come and go and figures are restated.

`IMPROVEMENT_BOARD_COUNCILS=200 pytest -s tests/protection/test_protected_moving.py` tries more councils than CI does.
"""

from __future__ import annotations

import os

import pytest
from moving import moving_breaches, moving_council

from improvement_board.protection import boundaries
from improvement_board.protection.derived import DerivedYear

COUNCILS = int(os.environ.get("IMPROVEMENT_BOARD_COUNCILS", "2"))


@pytest.mark.parametrize("restated", [0.0, 0.06, 0.3])
@pytest.mark.parametrize("seed", range(1, 1 + COUNCILS))
def test_all_editions_together_give_nothing_away(seed: int, restated: float) -> None:
    council = moving_council(seed, restated=restated)
    editions = council.publish()
    shown = [not row.is_hidden for edition in editions for row in edition.rows if row.level == "service"]
    print(f"seed {seed}, restated {restated}: {sum(shown)} of {len(shown)} service rows shown")  # noqa: T201
    assert moving_breaches(council, editions) == []


@pytest.mark.parametrize("kpis", [("first",), ("all", "held")])
@pytest.mark.parametrize("restated", [0.0, 0.06])
@pytest.mark.parametrize("seed", range(300, 300 + COUNCILS))
def test_nor_where_some_indicators_give_each_month_an_edition_later(
    seed: int, restated: float, kpis: tuple[str, ...]
) -> None:
    council = moving_council(seed, restated=restated).lagging(*kpis)
    assert moving_breaches(council, council.publish()) == []


@pytest.mark.parametrize("seed", range(12, 12 + COUNCILS // 2))
def test_nor_do_they_with_bands_of_teams(seed: int) -> None:
    council = moving_council(seed, teams=("", "A", "B"), length=12)
    editions = council.publish()
    bands = [not row.is_hidden for edition in editions for row in edition.rows if row.level == "team"]
    print(f"seed {seed} with teams: {sum(bands)} of {len(bands)} bands shown")  # noqa: T201
    assert moving_breaches(council, editions) == []


@pytest.mark.parametrize("seed", range(200, 200 + COUNCILS))
def test_nor_to_somebody_who_knows_which_figures_are_not_0(seed: int) -> None:
    council = moving_council(seed, restated=0.0)
    assert moving_breaches(council, council.publish(), council.occupied()) == []


def test_a_numerator_of_then_beside_the_children_of_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """An edition gives a rate; the next gives only a count of the same children, one fewer in a month."""
    council = moving_council(26, restated=0.3)
    assert moving_breaches(council, council.publish()) == []
    monkeypatch.setattr(DerivedYear, "_given_before", lambda _: iter(()))
    assert moving_breaches(council, council.publish())


def test_nor_is_anything_given_away_where_there_are_too_many_totals_to_tell_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(boundaries, "MOST_TOTALS", 0)
    council = moving_council(26, restated=0.3)
    assert moving_breaches(council, council.publish()) == []
