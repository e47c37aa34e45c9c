"""Words that open their meaning: each button has its sentence on the page, and no other word becomes one."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from improvement_board.charts.legend import SHARED_NAMES
from improvement_board.charts.palette import MARKS
from improvement_board.document.ambitions import DOTS
from improvement_board.document.changes import KIND_WORDS
from improvement_board.document.meanings import explained, meanings
from improvement_board.verdicts.model import VerdictWord
from improvement_board.words.meanings import MEANINGS, meaning_of

OPENS = re.compile(r'popovertarget="([^"]+)" aria-describedby="([^"]+)"')
SENTENCES = re.compile(r'<p id="([^"]+)" popover')


@pytest.mark.parametrize("word", MEANINGS)
def test_a_word_opens_the_one_sentence_that_is_its_own(word: str) -> None:
    ((opened, described),) = OPENS.findall(explained(word))
    assert opened == described
    assert SENTENCES.findall(meanings()).count(opened) == 1


@pytest.mark.parametrize("said", ["North West", "Audits done", "<b>Better</b>", ""])
def test_any_other_word_stays_as_it_is(said: str) -> None:
    assert "<button" not in explained(said)
    assert "<b>" not in explained(said)


def test_a_label_may_open_the_meaning_of_another_word() -> None:
    assert ">New</button>" in explained("New", "new indicator")
    assert 'popovertarget="ib-means-new-indicator"' in explained("New", "new indicator")


def test_every_verdict_mark_and_line_of_a_key_has_a_meaning() -> None:
    words = [*get_args(VerdictWord), *(mark.name for mark in MARKS.values()), *SHARED_NAMES.values(), *DOTS.values()]
    assert [word for word in words if not meaning_of(word)] == []


def test_the_kinds_of_changes_that_need_one_have_a_meaning() -> None:
    plain = {"Years", "Teams", "Teams restated"}
    assert {kind for kind in KIND_WORDS.values() if not meaning_of(kind)} == plain
