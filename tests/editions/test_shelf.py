"""Which editions are listed, which is served when another is damaged, and that what was published is what is read."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from examples import every_night, tried
from hypothesis import given, settings
from hypothesis import strategies as st
from small_council import JUNE, SEPTEMBER, Council, month_ends, monthly, row

from improvement_board.access.viewer import EVERYONE
from improvement_board.editions.manifest import MANIFEST, EditionName
from improvement_board.editions.open_edition import open_store
from improvement_board.editions.scope import EVERYTHING
from improvement_board.editions.shelf import Shelf, read_shelf
from improvement_board.errors import InputError
from improvement_board.figures.export_request import ExportRequest
from improvement_board.page_models import Address, Board, NoEditionError, Run


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Council:
    """A council with two editions. Read only."""
    council = Council(tmp_path_factory.mktemp("two"))
    council.publish(JUNE, {"seen": monthly([(1, 2)], JUNE)})
    council.publish(SEPTEMBER, {"seen": monthly([(3, 4)])})
    return council


@pytest.fixture
def copied(two: Council, tmp_path: Path) -> Council:
    """The same, to damage."""
    shutil.copytree(two.folder, tmp_path / "copy")
    return Council(tmp_path / "copy")


def test_only_folders_with_an_editions_name_and_a_manifest_are_editions(copied: Council) -> None:
    shelf = copied.home.editions
    (shelf / ".publishing-2026-12-31-0a").mkdir()
    (shelf / ".publishing-2026-12-31-0a" / MANIFEST).write_text("{}", encoding="utf-8")
    (shelf / "old").mkdir()
    (shelf / "2026-12-31").write_text("a file", encoding="utf-8")
    (shelf / "2026-10-31").mkdir()
    shutil.copytree(shelf / "2026-09-30", shelf / "2026-09-30.2")
    shutil.copytree(shelf / "2026-09-30", shelf / "2026-09-30.10")
    june, september = EditionName(JUNE), EditionName(SEPTEMBER)
    revisions = [EditionName(SEPTEMBER, 2), EditionName(SEPTEMBER, 10)]
    unfinished = EditionName(date(2026, 10, 31))
    shelf_read = read_shelf(copied.home)
    assert list(shelf_read.folders) == [june, september, *revisions, unfinished]
    assert list(shelf_read.finished) == [june, september, *revisions]
    assert list(shelf_read.latest) == [june, revisions[1]]


def test_a_home_without_editions_has_none(council: Council) -> None:
    assert read_shelf(council.home) == Shelf()
    with pytest.raises(NoEditionError, match="holds no edition to show"):
        Run(Board(council.home)).look(EVERYONE)


FILES = ["seen.parquet", "teams.parquet", "changes.parquet", "plan.toml", "definitions/seen.sql", MANIFEST]
DAMAGES = ("flip", "truncate", "empty", "delete")
OF_A_DAY = {*product((FILES[0], MANIFEST), DAMAGES), *product(FILES, ("flip",)), ("plan.toml", "delete")}


@pytest.mark.parametrize(("name", "damage"), every_night(product(FILES, DAMAGES), OF_A_DAY, several=True))
def test_a_damaged_edition_is_passed_over_and_its_file_named(copied: Council, name: str, damage: str) -> None:
    file = copied.home.editions / "2026-09-30" / name
    content = file.read_bytes()
    damaged = {"flip": bytes([content[0] ^ 1]) + content[1:], "truncate": content[: len(content) // 2], "empty": b""}
    file.unlink()
    if damage != "delete":
        file.write_bytes(damaged[damage])
    board = Board(copied.home)
    for asked in (None, "2026-09-30"):
        look = Run(board).look(EVERYONE, Address(edition=asked))
        desk, problems = look.desk, look.passed_over
        assert str(desk.store.name) == "2026-06-30"
        if (name, damage) == (MANIFEST, "delete"):
            assert Run(board).shelf.served == ("2026-06-30",)
        else:
            assert {problem.file for problem in problems} == {file}
    of_june = Run(board).look(EVERYONE, Address(edition="2026-06-30"))
    assert "\r\nE08999901,2026-06-30,seen," in of_june.export(ExportRequest()).text


def test_where_no_edition_can_be_served_every_problem_is_told(copied: Council) -> None:
    damaged = [copied.home.editions / name / "seen.parquet" for name in ("2026-09-30", "2026-06-30")]
    for file in damaged:
        file.write_bytes(b"")
    with pytest.raises(NoEditionError) as error:
        Run(Board(copied.home)).look(EVERYONE)
    assert [problem.file for problem in error.value.problems] == damaged


@pytest.fixture(scope="module")
def damaged(two: Council, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("damaged") / "2026-09-30"
    shutil.copytree(two.home.editions / "2026-09-30", folder)
    return folder


@settings(max_examples=tried(40), deadline=None)
@given(damaged_at=st.integers(0, 10_000), value=st.integers(0, 255), length=st.integers(0, 3))
def test_whatever_stands_in_a_manifest_an_edition_opens_or_says_what_is_wrong(
    damaged: Path, two: Council, damaged_at: int, value: int, length: int
) -> None:
    content = (two.home.editions / "2026-09-30" / MANIFEST).read_bytes()
    at = damaged_at % len(content)
    (damaged / MANIFEST).write_bytes(content[:at] + bytes([value]) * length + content[at + 1 :])
    with suppress(InputError):
        open_store(damaged, EVERYTHING).connection.close()


@pytest.mark.parametrize("name", ["seen.parquet", "teams.parquet", "definitions/seen.sql", "plan.toml"])
def test_a_file_that_a_manifest_does_not_list_is_missed_all_the_same(copied: Council, name: str) -> None:
    folder = copied.home.editions / "2026-09-30"
    content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    del content["files"][name]
    (folder / MANIFEST).write_text(json.dumps(content), encoding="utf-8")
    (folder / name).unlink()
    look = Run(Board(copied.home)).look(EVERYONE)
    desk, problems = look.desk, look.passed_over
    assert str(desk.store.name) == "2026-06-30"
    assert problems


names = st.sampled_from([None, "North", "Sóuth", "=1+1", "'; drop table extracts; --", "\x00", "😀" * 20])
parts = st.floats(0, 1e9, allow_nan=False) | st.integers(0, 500).map(float)
rows = st.lists(
    st.builds(
        lambda end, team, worker, category, pair: row(end, *pair, team=team, worker=worker, category=category),
        st.sampled_from(month_ends(6)),
        names,
        names,
        names,
        st.tuples(parts, parts),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=tried(8), deadline=None)
@given(given_rows=rows)
def test_what_is_published_is_what_is_read(tmp_path_factory: pytest.TempPathFactory, given_rows: list[dict]) -> None:
    council = Council(tmp_path_factory.mktemp("random"))
    council.publish(SEPTEMBER, {"seen": given_rows})
    store = council.store("2026-09-30")
    columns = ("period_end", "team", "worker", "category", "numerator", "denominator")
    read = store.connection.table("extracts").project(", ".join(columns)).fetchall()
    assert sorted(read, key=repr) == sorted(
        (tuple(given_row.get(name) for name in columns) for given_row in given_rows), key=repr
    )
    assert {record.team for record in store.teams} == {given_row["team"] for given_row in given_rows} - {None}
    exported = store.rows(
        "export_series", kpis=["seen"], team=None, last=SEPTEMBER, level="service", by_category=False, by=None
    )
    for end in month_ends(6):
        of_month = [given_row for given_row in given_rows if given_row["period_end"] == end]
        exported_rows = [exported_row for exported_row in exported if exported_row["period_end"] == end]
        assert len(exported_rows) == min(1, len(of_month))
        for column in ("numerator", "denominator"):
            total = sum(exported_row[column] for exported_row in of_month)
            assert [exported_row[column] for exported_row in exported_rows] == pytest.approx(
                [total] * len(exported_rows), rel=1e-12
            )
    store.connection.close()
