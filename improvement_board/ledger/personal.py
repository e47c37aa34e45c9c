"""What in a free text may tell who somebody is: names, dates of birth, phone numbers, addresses, ids.

It finds rather too much than too little: what is found is shown to whoever publishes the text, to be mended, and no
text goes by itself. Spaces, marks and look-alike letters between the figures of a number do not hide it. The forms are
those of the NHS Data Dictionary, the Department for Education's guide to unique pupil numbers, Royal Mail and Ofcom.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import DamerauLevenshtein

MarkKind = Literal[
    "e-mail address", "phone number", "postcode", "NHS number", "pupil number", "date", "case id", "name"
]
SHORTEST_NAME = 3  # letters of a part of a name that is looked for by itself
GAP = r"[\s.\-–—()/_,|]{0,3}"  # what people put between figures
MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
BOX = r"(?<![\w.+'-])[\w.+'-]{1,64}"
AT = r"(?:@|[(\[]\s?at\s?[)\]]|\bat\b(?=[\w\s-]{1,80}\bdot\b))"
DOT = r"(?:\.|\bdot\b|[(\[]\s?dot\s?[)\]])"
HOLDER = r"\b(?:case|child|client|person|record|mosaic|liquidlogic|lcs|ehm|id|ref(?:erence)?|no|number)"
DAY, YEAR = r"(?:[12]\d|3[01]|0?[1-9])", r"(?:19|20)?\d{2}"
PATTERNS: tuple[tuple[MarkKind, str], ...] = (
    ("e-mail address", rf"{BOX}\s{{0,3}}{AT}\s{{0,3}}[\w-]{{1,63}}(?:\s{{0,3}}{DOT}\s{{0,3}}[\w-]{{1,63}})+"),
    ("phone number", rf"(?<![\d])(?:\+|00){GAP}44{GAP}(?:0{GAP})?[1-9](?:{GAP}\d){{8,9}}(?!\d)"),
    ("phone number", rf"(?<![\d])0{GAP}[1-9](?:{GAP}\d){{8,9}}(?!\d)"),
    ("NHS number", rf"(?<!\d)\d(?:{GAP}\d){{9}}(?!\d)"),
    ("pupil number", rf"(?<![a-z\d])[a-z]{GAP}\d(?:{GAP}\d){{10}}{GAP}[a-z\d](?![a-z\d])"),
    ("postcode", r"(?<![a-z\d])[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}(?![a-z\d])"),
    ("date", rf"(?<!\d){DAY}\s*[./\-]\s*(?:1[0-2]|0?[1-9])\s*[./\-]\s*{YEAR}(?!\d)"),
    ("date", r"(?<!\d)(?:19|20)\d{2}\s*[./\-]\s*(?:1[0-2]|0?[1-9])\s*[./\-]\s*(?:[12]\d|3[01]|0?[1-9])(?!\d)"),
    ("date", rf"(?<!\d){DAY}(?:st|nd|rd|th)?(?:\s+of)?\s*(?:{MONTHS})[a-z]*\.?,?\s*{YEAR}(?!\d)"),
    ("date", rf"\b(?:{MONTHS})[a-z]*\.?\s+{DAY}(?:st|nd|rd|th)?,?\s+{YEAR}(?!\d)"),
    ("date", r"\b(?:born|birthday|d\.?\s?o\.?\s?b\.?|date of birth)\b.{0,40}?\d[\d\w]*"),
    ("case id", rf"{HOLDER}\W{{0,4}}(?:id|no|number|ref)?\W{{0,4}}[a-z]{{0,4}}[-/]?\d{{3,}}\b"),
    ("case id", r"(?<![\d.,£])\d{6,}(?![\d%])"),
    ("case id", r"\b[a-z]{1,4}[-/]?\d{5,}\b"),
    ("name", r"\b(?:mr|mrs|ms|miss|mx|dr|sir|dame|prof(?:essor)?|cllr|councillor)\b\.?\s+[^\W\d_][\w'’-]+"),
    ("name", r"\b(?:named|called|known as|name is)\s+[^\W\d_][\w'’-]+"),
)  # fmt: skip
COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in PATTERNS)
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True)
class PersonalMark:
    """A place in a text that may tell who somebody is: what it looks like, from which letter to which, its words."""

    kind: MarkKind
    start: int
    end: int
    words: str


def personal_marks(text: str, names: Iterable[str] = ()) -> list[PersonalMark]:
    """Every place of a text that may tell who somebody is, in its order. `names` are those of the council's workers
    and children: found in other letters, with a letter wrong, or by one part alone."""
    plain, places = _plainly(text)
    found = {
        (match.start(), match.end(), kind) for kind, pattern in COMPILED for match in pattern.finditer(plain)
    } | set(_named(plain, names))
    marks = [
        PersonalMark(kind, places[start], places[end - 1] + 1, text[places[start] : places[end - 1] + 1])
        for start, end, kind in found
        if end > start
    ]
    ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.kind))
    return [mark for at, mark in enumerate(ordered) if not any(_is_within(mark, before) for before in ordered[:at])]


def _is_within(mark: PersonalMark, other: PersonalMark) -> bool:
    """Whether a mark is a part of another, which says the same and more."""
    return other.start <= mark.start and mark.end <= other.end and mark.words != other.words


def _plainly(text: str) -> tuple[str, list[int]]:
    """A text in plain letters and figures, without accents and what is not seen, and where each letter stood."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for part in unicodedata.normalize("NFKD", letter):
            if unicodedata.category(part) in ("Mn", "Cf", "Cc") and part not in "\n\t":
                continue
            digit = unicodedata.digit(part, None)
            letters.append(part if digit is None else str(digit))
            places.append(place)
    return "".join(letters), places


def _named(plain: str, names: Iterable[str]) -> Iterator[tuple[int, int, MarkKind]]:
    """Names as a whole, whatever stands between their parts, and parts of names by themselves."""
    split = [WORD.findall(_plainly(name)[0].casefold()) for name in names]
    for whole in filter(None, split):
        pattern = r"\b" + r"\W{1,3}".join(map(re.escape, whole)) + r"\b"
        yield from ((match.start(), match.end(), "name") for match in re.finditer(pattern, plain, re.IGNORECASE))
    parts = {part for whole in split for part in whole if len(part) >= SHORTEST_NAME}
    seen: dict[str, bool] = {}
    for match in WORD.finditer(plain):
        word = re.sub(r"['’]s$", "", match.group().casefold())
        if word not in seen:
            seen[word] = any(_is_like(word, part) for part in parts)
        if seen[word]:
            yield match.start(), match.end(), "name"


def _is_like(word: str, part: str) -> bool:
    """Whether a word may be a part of a name: the same, or with a letter wrong where it has five, two where eight."""
    most = 0 if len(part) < 5 else 1 if len(part) < 8 else 2
    if abs(len(word) - len(part)) > most:
        return False
    return word == part or DamerauLevenshtein.distance(word, part, score_cutoff=most) <= most
