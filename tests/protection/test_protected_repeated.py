"""The proof where a figure is of fewer children than it counts: visits, invitations, half days, and caseloads.

`IMPROVEMENT_BOARD_COUNCILS=20 pytest -s tests/protection/test_protected_repeated.py` tries more councils than CI does.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
import repeated
from repeated import KINDS, repeated_breaches, repeated_council

COUNCILS = int(os.environ.get("IMPROVEMENT_BOARD_COUNCILS", "1"))
RESTATED = (0.0, 0.1) if COUNCILS > 1 else (0.1,)


@pytest.mark.parametrize("restated", RESTATED)
@pytest.mark.parametrize("seed", range(COUNCILS))
@pytest.mark.parametrize("kind", KINDS)
def test_no_figure_of_few_children_is_given_away(kind: str, seed: int, restated: float) -> None:
    council = repeated_council(kind, seed, restated=restated, length=15 if COUNCILS > 1 else 9)
    editions = council.publish()
    attack_score = repeated_breaches(council, editions)
    rows = [row for edition in editions for row in edition.rows]
    shown = {level: [not row.is_hidden for row in rows if row.level == level] for level in ("service", "team")}
    given = ", ".join(f"{level} {sum(shown_rows)} of {len(shown_rows)}" for level, shown_rows in shown.items())
    print(f"{kind} {seed}, restated {restated}: {attack_score.small} small, {len(attack_score.known)} known, {given}")  # noqa: T201
    assert attack_score.small
    assert attack_score.known == []


def test_counts_of_visits_taken_for_children_give_them_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """The attack sees what protection is not told: which visits are to the same child."""
    nobody: Iterator[object] = iter(())
    monkeypatch.setattr(repeated, "_children", lambda _: nobody)
    council = repeated_council("one child often", 0, length=9)
    assert repeated_breaches(council, council.publish()).known
