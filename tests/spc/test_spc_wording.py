"""Each icon has words, and only the words it may have."""

from __future__ import annotations

import pytest

from improvement_board.spc import assurance_words, icon_name, variation_words


@pytest.mark.parametrize(
    ("variation", "better", "words"),
    [
        ("special_cause_improvement", "lower", "Special cause: improvement (lower is better)"),
        ("special_cause_improvement", "higher", "Special cause: improvement (higher is better)"),
        ("special_cause_concern", "higher", "Special cause: concern (higher is better)"),
        ("special_cause_neutral_high", "neither", "Special cause: high (neither direction is better)"),
        ("special_cause_neutral_low", "neither", "Special cause: low (neither direction is better)"),
        ("common_cause", "higher", "Usual variation"),
        (None, "higher", "No figure for the latest period"),
    ],
)
def test_variation_words(variation: str | None, better: str, words: str) -> None:
    assert variation_words(variation, better) == words
    assert variation_words(variation, better, enough_points=False) == "Too few points to judge"


def test_improvement_where_neither_direction_is_better_is_refused() -> None:
    with pytest.raises(KeyError):
        variation_words("special_cause_improvement", "neither")


@pytest.mark.parametrize(
    ("assurance", "words"),
    [
        ("consistent_pass", "Consistently meets target"),
        ("consistent_fail", "Consistently misses target"),
        ("inconsistent", "Hit and miss"),
        (None, "Neither direction is better, so no target is judged"),
    ],
)
def test_assurance_words(assurance: str | None, words: str) -> None:
    assert assurance_words(assurance) == words
    assert assurance_words(assurance, enough_points=False) == "Too few points to judge"
    assert assurance_words(assurance, enough_points=False, has_target=False) == "No target set"


@pytest.mark.parametrize(
    ("variation", "direction", "name"),
    [
        ("special_cause_improvement", "increase", "improvement_high"),
        ("special_cause_improvement", "decrease", "improvement_low"),
        ("special_cause_concern", "increase", "concern_low"),
        ("special_cause_concern", "decrease", "concern_high"),
        ("special_cause_neutral_low", "neutral", "neutral_low"),
        ("common_cause", "increase", "common_cause"),
    ],
)
def test_icon_names(variation: str, direction: str, name: str) -> None:
    assert icon_name(variation, direction) == name
