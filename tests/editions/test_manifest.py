"""An edition's name and manifest: read back as written, refused when damaged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_council import SEPTEMBER, Council, monthly

from improvement_board.editions.manifest import (
    MANIFEST,
    EditionName,
    Manifest,
    damaged_files,
    read_manifest,
    sha256_of,
)
from improvement_board.errors import InputError

names = st.builds(EditionName, st.dates(), st.integers(1, 9999))


@given(names)
def test_a_name_is_read_back_as_it_is_written(name: EditionName) -> None:
    assert EditionName.parse(str(name)) == name


@given(names, names)
def test_names_sort_by_date_then_revision(first: EditionName, other: EditionName) -> None:
    assert (first < other) == ((first.day, first.revision) < (other.day, other.revision))


@given(st.text(max_size=20) | st.from_regex(r"\d{4}-\d{2}-\d{2}(\.\d{1,5})?", fullmatch=True))
def test_a_text_is_a_name_only_where_it_is_written_as_one(text: str) -> None:
    name = EditionName.parse(text)
    assert name is None or str(name) == text


@pytest.mark.parametrize(
    "text",
    [
        *("", "2026-9-30", "2026-09-31", "2026-09-30.1", "2026-09-30.0", "2026-09-30.02", "2026-09-30."),
        *("2026-09-30.2.1", ".publishing-2026-09-30-0a", "2026-09-30 copy", "2026-09-30\n", "../2026-09-30"),
        "２０２６-09-30",
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert EditionName.parse(text) is None


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    council = Council(tmp_path_factory.mktemp("council"))
    council.publish(SEPTEMBER, {"seen": monthly([(1, 2)] * 3)})
    return council.home.editions / "2026-09-30"


@pytest.fixture
def edition(published: Path, tmp_path: Path) -> Path:
    """A copy of the published edition, to damage."""
    folder = tmp_path / published.name
    for file in published.rglob("*"):
        if file.is_file():
            copied = folder / file.relative_to(published)
            copied.parent.mkdir(parents=True, exist_ok=True)
            copied.write_bytes(file.read_bytes())
    return folder


def test_a_whole_edition_has_no_damage(edition: Path) -> None:
    manifest = read_manifest(edition)
    assert manifest.name == EditionName(SEPTEMBER)
    assert damaged_files(edition, manifest) == []
    assert set(manifest.files) == {
        file.relative_to(edition).as_posix() for file in edition.rglob("*") if file.is_file()
    } - {MANIFEST}


@pytest.mark.parametrize(
    "name", ["seen.parquet", "teams.parquet", "changes.parquet", "plan.toml", "definitions/seen.sql"]
)
@pytest.mark.parametrize("damage", ["flip", "truncate", "delete", "folder"])
def test_every_damaged_file_is_named(edition: Path, name: str, damage: str) -> None:
    file = edition / name
    content = file.read_bytes()
    if damage in ("delete", "folder"):
        file.unlink()
    if damage == "folder":
        file.mkdir()
    elif damage != "delete":
        file.write_bytes(content[:-1] if damage == "truncate" else bytes([content[0] ^ 1]) + content[1:])
    (problem,) = damaged_files(edition, read_manifest(edition))
    assert problem.file == file


def change(folder: Path, **keys: object) -> None:
    file = folder / MANIFEST
    content = json.loads(file.read_text(encoding="utf-8")) | keys
    file.write_text(json.dumps({key: value for key, value in content.items() if value is not None}), encoding="utf-8")


@pytest.mark.parametrize(
    ("keys", "column"),
    [
        ({"edition": None}, "edition"),
        ({"edition": "2026-09-31"}, "edition"),
        ({"revision": "two"}, "revision"),
        ({"files": None}, "files"),
        ({"colour": "red"}, "colour"),
        ({"format": 2}, "format"),
        ({"published": "yesterday"}, "published"),
        ({"revision": 2}, None),
        ({"edition": "2026-06-30"}, None),
    ],
)
def test_a_manifest_that_is_not_this_editions_is_refused_by_key(
    edition: Path, keys: dict[str, object], column: str | None
) -> None:
    change(edition, **keys)
    with pytest.raises(InputError) as error:
        read_manifest(edition)
    (problem,) = error.value.problems
    assert (problem.file, problem.column) == (edition / MANIFEST, column)


@pytest.mark.parametrize("content", [None, b"", b"{", b"[]", b"\xff\xfe{}", b"null"])
def test_a_manifest_that_is_no_manifest_is_refused(edition: Path, content: bytes | None) -> None:
    file = edition / MANIFEST
    file.unlink()
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(InputError) as error:
        read_manifest(edition)
    assert {problem.file for problem in error.value.problems} == {file}


def test_a_staged_manifest_may_stand_under_another_name(edition: Path) -> None:
    staged = edition.rename(edition.with_name(".publishing-2026-09-30-x"))
    assert isinstance(read_manifest(staged), Manifest)


def test_the_sum_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "abc").write_bytes(b"abc")
    assert sha256_of(tmp_path / "abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
