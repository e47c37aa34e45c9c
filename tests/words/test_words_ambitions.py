"""How ambitions stand is said in a line that counts each of them once."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement_board.words import AMBITION_WORDS, ambition_line, plan_sentence, ruling_words, tally_words


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        ([], ""),
        (["not judged", "not shown"], ""),
        (["worse"], "Of 1 ambition, 1 is worse."),
        (["better", "worse", "better"], "Of 3 ambitions, 1 is worse and 2 are better."),
        (
            ["no real change"] * 5 + ["mixed", "not shown", "not judged"],
            "Of 8 ambitions, 1 is partly better and partly worse, 5 are without real change, 1 is not shown and 1 is "
            "not judged.",
        ),
    ],
)
def test_the_plan_in_a_sentence(verdicts: list[str], said: str) -> None:
    assert plan_sentence(verdicts) == said


@given(st.lists(st.sampled_from(sorted(AMBITION_WORDS)), min_size=1, max_size=12))
def test_every_ambition_is_counted_once(verdicts: list[str]) -> None:
    said = plan_sentence(verdicts)
    if said:
        total, *parts = [int(word) for word in said.split() if word.isdigit()]
        assert total == sum(parts) == len(verdicts)


def test_the_tally_leaves_out_what_there_is_none_of_and_begins_with_what_is_worse() -> None:
    tally = Counter({"no real change": 40, "better": 7, "worse": 3, "moved": 1, "not judged": 2})
    assert tally_words(tally) == (
        "3 worse, 7 better, 1 moved where neither direction is better, 40 without real change, 2 not judged"
    )
    assert tally_words(Counter({"worse than England": 2})) == "2 worse than England"
    assert tally_words(Counter()) == ""


@pytest.mark.parametrize(
    ("verdict", "worse", "better", "said"),
    [
        ("worse", ["Reviews", "Audits"], [], "Worse: Reviews and Audits."),
        ("worse", ["Reviews"], ["Visits"], "Worse: Reviews. Better: Visits."),
        ("better", ["Reviews"], list("ABCD"), "Better: A, B and 2 more. Worse: Reviews."),
        ("mixed", ["A"], ["B"], "Partly better and partly worse. Worse: A. Better: B."),
        ("no real change", [], [], "Without real change."),
        ("not shown", ["A"], [], "Not shown. Worse: A."),
        ("better", [], ["A\nB"], "Better: A B."),
    ],
)
def test_an_ambitions_line_begins_with_its_verdict(
    verdict: str, worse: list[str], better: list[str], said: str
) -> None:
    assert ambition_line(verdict, worse, better) == said


@pytest.mark.parametrize(
    ("by_rule", "said"),
    [
        ("worse", "By the rule it would be the same."),
        ("mixed", "By the rule it would be partly better and partly worse."),
        ("no real change", "By the rule it would be without real change."),
        ("not shown", "By the rule it is not shown."),
        ("not judged", "By the rule it is not judged."),
    ],
)
def test_a_verdict_of_the_plan_says_whose_it_is_why_and_what_the_rule_says(by_rule: str, said: str) -> None:
    words = ruling_words("worse", by_rule, "A ward\nclosed.", date(2026, 10, 28))
    assert words == f"The council’s plan says so, for editions up to 28 October 2026: A ward closed. {said}"
