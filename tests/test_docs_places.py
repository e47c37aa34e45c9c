"""The documentation has one place for everything, and all of it can be found."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from markdown_text import DOCUMENTS, LINK, REPOSITORY, prose, read, section

from improvement_board import errors

PICTURE = REPOSITORY / "docs" / "pictures" / "architecture.svg"
NAMED = re.compile(r"\b(?:docs/[\w/-]+\.md|README(?:\.md)?|CONTRIBUTING(?:\.md)?)\b")


def linked(document: str) -> set[Path]:
    """The files that a document links to."""
    targets = [link["target"].partition("#")[0] for link in LINK.finditer(prose(read(document)))]
    return {((REPOSITORY / document).parent / target).resolve() for target in targets if target}


def test_the_readme_is_one_page() -> None:
    assert len(read("README.md").splitlines()) <= 100


def test_the_index_lists_every_page() -> None:
    pages = {(REPOSITORY / document).resolve() for document in DOCUMENTS if document.startswith("docs/")}
    assert pages - linked("docs/index.md") == {(REPOSITORY / "docs" / "index.md").resolve()}
    assert (REPOSITORY / "docs" / "index.md").resolve() in linked("README.md")


def test_what_the_program_says_of_its_documentation_is_there() -> None:
    package = REPOSITORY / "improvement_board"
    files = [*package.rglob("*.py"), *package.rglob("*.html"), REPOSITORY / ".streamlit" / "secrets.toml.example"]
    named = {name for file in files for name in NAMED.findall(file.read_text(encoding="utf-8"))}
    assert {"docs/how-to/own_records.md", "docs/how-to/sign_in.md", "docs/reference/sources.md"} <= named
    assert {name for name in named if "/" in name and not (REPOSITORY / name).is_file()} == set()
    assert {name for name in named if name.startswith("README")} == set()


def test_the_wheel_brings_the_documentation_that_the_program_names() -> None:
    wheel = tomllib.loads(read("pyproject.toml"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert "/docs" in wheel["include"]
    assert wheel["sources"]["docs"] == "improvement_board/shipped_files/docs"


def test_the_picture_of_the_house_has_every_room_on_its_floor() -> None:
    layers = tomllib.loads(read("pyproject.toml"))["tool"]["importlinter"]["contracts"][0]["layers"]
    drawn = re.findall(r'y="(\d+)"[^>]*font-weight="bold"[^>]*>([a-z_]+)(?:/|\.py)<', PICTURE.read_text("utf-8"))
    heights: dict[int, set[str]] = {}
    for height, room in drawn:
        heights.setdefault(int(height), set()).add(room)
    assert [heights[height] for height in sorted(heights)] == [set(layer.split(" : ")) for layer in layers]


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "docs/index.md"])
def test_the_glossary_is_linked(document: str) -> None:
    assert REPOSITORY / "GLOSSARY.md" in linked(document)


def test_the_architecture_names_files_that_are_there() -> None:
    text = section("docs/explanation/architecture.md", "One figure, from file to screen")
    places = [REPOSITORY, Path(errors.__file__).parent, *(Path(errors.__file__).parent).iterdir()]
    named = re.findall(r"`([\w/]+(?:\.\w+|/))`", text)
    assert len(named) > 15
    assert [name for name in named if not any((folder / name).exists() for folder in places)] == []
