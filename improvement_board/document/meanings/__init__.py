"""Words that open their meaning where they stand: a button beside a mark, and the sentence that it opens.

A browser opens them by itself, without any script; a screen reader reads the sentence with the word.
"""

from __future__ import annotations

import re
from functools import cache

from markupsafe import Markup, escape

from improvement_board.document.environment import render
from improvement_board.words.meanings import MEANINGS, meaning_of


def explained(said: str, word: str = "") -> Markup:
    """What is said as a button that opens the meaning of `word` (of itself where that is empty); as it is where it
    explains itself. The sentence stands in `meanings`."""
    word = word or said
    if not meaning_of(word):
        return escape(said)
    return render("meanings", "explained", said=said, name=_name(word))


@cache
def meanings() -> Markup:
    """The sentences that words open, once a page."""
    entries = [(_name(word), word, meaning) for word, meaning in MEANINGS.items()]
    return render("meanings", "meanings", entries=entries)


def _name(word: str) -> str:
    """A word as the name of an element."""
    return re.sub(r"[^a-z]+", "-", word.lower()).strip("-")
