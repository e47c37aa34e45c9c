"""Every word of the glossary has one meaning, and stands in the code where the glossary says."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_text import REPOSITORY, Row, codes, read, tables

WORDS = tables(read("GLOSSARY.md"))[0]


def places(row: Row) -> Iterator[tuple[Path, list[str]]]:
    """The files of a word, each with the names in it."""
    for part in row["where"].split("; "):
        name, *inside = codes(part)
        package = REPOSITORY / "improvement_board" / name
        yield package if package.exists() else REPOSITORY / name, inside


def defined(file: Path) -> set[str]:
    """What a module defines at its top, and the attributes of its classes."""
    module = ast.parse(file.read_text(encoding="utf-8"))
    nodes = [
        *module.body,
        *(node for class_node in module.body if isinstance(class_node, ast.ClassDef) for node in class_node.body),
    ]
    names = {node.name for node in nodes if isinstance(node, ast.ClassDef | ast.FunctionDef)}
    names |= {node.target.id for node in nodes if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)}
    targets = [target for node in nodes if isinstance(node, ast.Assign) for target in node.targets]
    return names | {target.id for target in targets if isinstance(target, ast.Name)}


def test_words_stand_once_and_in_order() -> None:
    words = [row["word"] for row in WORDS]
    assert len(set(words)) == len(words) >= 40
    assert words == sorted(words, key=str.lower)


@pytest.mark.parametrize("row", WORDS, ids=lambda row: row["word"])
def test_a_word_stands_where_the_glossary_says(row: Row) -> None:
    assert row["meaning"]
    for file, names in places(row):
        assert file.exists(), file
        assert set(names) <= (defined(file) if names else set()), file
