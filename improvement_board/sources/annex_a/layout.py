"""What the lists, columns and codes of an Annex A workbook are called, as `queries/annex_a.toml` says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from types import MappingProxyType
from typing import Any, Literal

from improvement_board.declared.toml import shipped_toml

ColumnKind = Literal["child", "date", "birth", "code", "abuse", "integer", "text", "team", "worker"]
IN_BRACKETS = re.compile(r"\([^()]*\)+|\[[^\[\]]*\]")
APOSTROPHES = re.compile(r"['’‘`´]")
PUNCTUATION = re.compile(r"[\W_]+")
FORMAT_WORDS = frozenset({"dd", "mm", "yyyy", "yy", "y", "n", "yes", "no", "or", "years"})
NUMBER_BEFORE = re.compile(r"^\d+(?: \d+)? (?=[a-z])")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@lru_cache(maxsize=20_000)
def comparable_text(text: str) -> str:
    """Text for comparing: in small letters, without punctuation and without what stands in brackets."""
    folded = APOSTROPHES.sub("", unicodedata.normalize("NFKC", IN_BRACKETS.sub(" ", text)).casefold())
    return PUNCTUATION.sub(" ", folded).strip()


@dataclass(frozen=True)
class ListColumn:
    """A column: how it is read, under which headers it stands (plain), and what it means for its row.

    `needed`: a row says nothing without it. `decisive`: the list cannot be read without the column, and a cell that
    cannot be read keeps its row out. `table`: the table that gets no row where the cell cannot be read. `rare`: many
    workbooks lack the column. `later`: it may hold a day after the edition's.
    """

    name: str
    kind: ColumnKind
    headers: tuple[str, ...]
    needed: bool = False
    decisive: bool = False
    rare: bool = False
    later: bool = False
    codes: str | None = None
    table: str | None = None


@dataclass(frozen=True)
class ListLayout:
    """One of the eleven lists: the plain names its sheet may have, its columns, the tables its rows go to."""

    number: int
    title: str
    sheets: frozenset[str]
    tables: tuple[str, ...]
    months: int
    columns: Mapping[str, ListColumn]

    @property
    def needed(self) -> frozenset[str]:
        """The columns without which the list cannot be read."""
        return frozenset(name for name, column in self.columns.items() if column.needed or column.decisive)

    @cached_property
    def _by_header(self) -> Mapping[str, str]:
        return {header: name for name, column in reversed(list(self.columns.items())) for header in column.headers}

    def column_under(self, header: str) -> str | None:
        """The column that stands under a header, None for one that is not known."""
        return next((self._by_header[text] for text in spellings(header) if text in self._by_header), None)


@lru_cache(maxsize=20_000)
def spellings(header: str) -> tuple[str, ...]:
    """What a header may be known by: the whole, without a number before it, without "dd mm yyyy" behind it."""
    text = comparable_text(header)
    unnumbered = NUMBER_BEFORE.sub("", text)
    words = unnumbered.split()
    while words and words[-1] in FORMAT_WORDS:
        words.pop()
    return text, unnumbered, " ".join(words)


@dataclass(frozen=True)
class Layout:
    """All of `queries/annex_a.toml`. `codes` and `letters` give a code by its plain words, and by its letter alone;
    `headers` are those of any list; `not_read` and `no_lists` headers and sheets that are known and not needed."""

    lists: Mapping[int, ListLayout]
    codes: Mapping[str, Mapping[str, str]]
    letters: Mapping[str, Mapping[str, str]]
    headers: frozenset[str]
    not_a_name: frozenset[str]
    below_a_list: frozenset[str]
    not_read: frozenset[str]
    no_lists: frozenset[str]


@cache
def annex_a_layout() -> Layout:
    """The layout, read once."""
    declared = shipped_toml("annex_a.toml")
    lists = {
        int(number): _list(int(number), list_layout, declared["shared"])
        for number, list_layout in declared["lists"].items()
    }
    letters = {name: dict(zip(LETTERS, codes, strict=False)) for name, codes in declared["letters"].items()}
    return Layout(
        MappingProxyType(lists),
        MappingProxyType({name: _codes(codes) for name, codes in declared["codes"].items()}),
        MappingProxyType(letters),
        frozenset(
            header
            for list_layout in lists.values()
            for column in list_layout.columns.values()
            for header in column.headers
        ),
        frozenset(map(comparable_text, declared["not_a_name"])),
        frozenset(map(comparable_text, declared["below_a_list"])),
        frozenset(map(comparable_text, declared["not_read"])),
        frozenset(map(comparable_text, declared["no_lists"])),
    )


def _list(number: int, declared: Mapping[str, Any], shared: Mapping[str, Any]) -> ListLayout:
    columns = {name: shared[name] for name in declared["shared"]} | declared["columns"]
    return ListLayout(
        number,
        declared["title"],
        frozenset(map(comparable_text, declared["sheets"])),
        tuple(declared["tables"]),
        declared["months"],
        MappingProxyType({name: _column(name, declared_column) for name, declared_column in columns.items()}),
    )


def _column(name: str, declared: Mapping[str, Any]) -> ListColumn:
    rest = {key: value for key, value in declared.items() if key not in ("kind", "headers")}
    return ListColumn(name, declared["kind"], tuple(map(comparable_text, declared["headers"])), **rest)


def _codes(declared: Mapping[str, list[str]]) -> Mapping[str, str]:
    """Codes by plain words, by the code itself, and by the code before the words ("6 police")."""
    by_words = {}
    for code, words in declared.items():
        for text in map(comparable_text, words):
            by_words[text] = code
            by_words[f"{comparable_text(code)} {text}"] = code
    return MappingProxyType(by_words | {comparable_text(code): code for code in declared if code})
