"""Coded cells: "b) Female", "q) 6: Police", "N1 - Abuse or neglect", "U6", "Placement order"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from improvement_board.sources.annex_a.layout import annex_a_layout, comparable_text
from improvement_board.sources.placeholders import is_placeholder
from improvement_board.sources.values import PlaceholderError, UnfitValueError

LETTERED = re.compile(r"([A-Za-z]{1,2}\d?)[).]\s*(.*)", re.DOTALL)
LETTER_ALONE = re.compile(r"([A-Za-z])[).:]?")
CODE_FIRST = re.compile(r"([A-Za-z0-9]{1,4})(?:\s*[:–—-]\s*|\s+)(.+)", re.DOTALL)
ABUSE = {
    "neglect": "Neglect",
    "physical": "Physical abuse",
    "sexual": "Sexual abuse",
    "emotional": "Emotional abuse",
}
ABUSE_CODES = {"neg": "Neglect", "phy": "Physical abuse", "sab": "Sexual abuse", "emo": "Emotional abuse"}
ABUSE_LETTERS = {"a": "Neglect", "b": "Physical abuse", "c": "Sexual abuse", "d": "Emotional abuse", "e": "Multiple"}


@lru_cache(maxsize=20_000)
def code_of_words(text: str, name: str) -> str | None:
    """A cell's text as one of the codes of a name in `queries/annex_a.toml`; None where it says "not recorded".

    Raises UnfitValueError naming the codes.
    """
    codes = annex_a_layout().codes[name]
    for candidate in _candidates(text):
        known = codes.get(candidate)
        if known is not None:
            return known or None
    letter = LETTER_ALONE.fullmatch(text.strip())
    if letter and letter[1].lower() in annex_a_layout().letters.get(name, {}):
        return annex_a_layout().letters[name][letter[1].lower()] or None
    if is_placeholder(text, "code"):
        raise PlaceholderError
    raise UnfitValueError(
        "is not a known code: which of them is it?",
        ", ".join(sorted({code for code in codes.values() if code})),
    )


def _candidates(text: str) -> Iterator[str]:
    """What may be the code or its words: the whole, what follows a letter and bracket, the code before a colon or dash,
    what stands behind it."""
    yield comparable_text(text)
    lettered = LETTERED.fullmatch(text.strip())
    rest = lettered[2] if lettered else text.strip()
    if not rest:
        return
    yield comparable_text(rest)
    coded = CODE_FIRST.fullmatch(rest)
    if coded:
        separated = not rest[len(coded[1]) :].startswith(" ") or rest[len(coded[1]) :].lstrip()[0] in ":–—-"
        if separated or not (coded[1].isalpha() or coded[1].isdigit()):
            yield comparable_text(coded[1])
        if separated:
            yield comparable_text(coded[2])


@lru_cache(maxsize=20_000)
def abuse_of_words(text: str) -> str:
    """A cell's text as the Standard Safeguarding Dataset writes categories of abuse; several as "Multiple: …".

    Raises UnfitValueError naming them.
    """
    words = comparable_text(text.replace("(", " ").replace(")", " "))
    named = [category for part, category in ABUSE.items() if part in words]
    named = named or [category for code, category in ABUSE_CODES.items() if code in words.split()]
    if len(named) == 1 and "multiple" not in words:
        return named[0]
    if named:
        return f"Multiple: {', '.join(named)}"
    if "multiple" in words or "mul" in words.split():
        return "Multiple"
    letter = LETTER_ALONE.fullmatch(text.strip())
    if letter and letter[1].lower() in ABUSE_LETTERS:
        return ABUSE_LETTERS[letter[1].lower()]
    if is_placeholder(text, "code"):
        raise PlaceholderError
    raise UnfitValueError("is not a category of abuse", ", ".join((*ABUSE.values(), "Multiple")))
