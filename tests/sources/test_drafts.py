"""Drafts, copies and earlier versions of a file that is there, told by their names."""

from __future__ import annotations

from pathlib import Path

import pytest

from improvement_board.sources.drafts import drafts_among


@pytest.mark.parametrize(
    ("names", "drafts"),
    [
        (["workforce.csv", "workforce_old.xlsx"], ["workforce_old.xlsx"]),
        (["Workforce.xlsx", "Copy of workforce.csv", "workforce - draft 2.xlsx"], None),
        (["workforce_old.xlsx"], []),
        (["workforce v1.csv", "workforce v2.xlsx", "workforce V10.csv"], ["workforce v1.csv", "workforce v2.xlsx"]),
        (["workforce v1.csv", "audits v2.csv"], []),
        (["2024/episodes v1.csv", "2025/episodes v2.csv"], []),
        (["workforce_old_system.csv", "workforce.csv"], []),
    ],
)
def test_what_a_name_says_of_another(names: list[str], drafts: list[str] | None) -> None:
    expected = names[1:] if drafts is None else drafts
    assert sorted(map(str, drafts_among(map(Path, names)))) == sorted(expected)
