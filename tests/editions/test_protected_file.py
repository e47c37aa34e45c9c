"""Every edition holds what the protected roles may see, worked out beside all that any other edition gave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest
from small_council import JUNE, SEPTEMBER, Council, monthly

from improvement_board.building import publish
from improvement_board.building.protect import COLUMNS, read_protected
from improvement_board.editions.file_names import PROTECTED
from improvement_board.editions.manifest import damaged_files, read_manifest
from improvement_board.editions.withdrawal import withdraw
from improvement_board.errors import InputError
from improvement_board.protection import Protected

LARGE = [8] * 6
JUNE_HELD_BACK = [8, 8, None, 8, 8, 8]


@pytest.fixture
def counting(council: Council) -> Council:
    council.define("held", unit="count", denominator=None, timing="snapshot")
    return council


def published(council: Council, values: Sequence[int], last: dt.date = SEPTEMBER) -> tuple[Path, Protected]:
    name = council.publish(last, {"held": monthly(values, last, team="North")})
    folder = council.home.editions / str(name)
    protected_edition = read_protected(folder)
    assert protected_edition is not None
    return folder, protected_edition


def months(edition: Protected) -> list[float | None]:
    return [row.numerator for row in edition.rows if (row.level, row.period) == ("service", "month")]


def test_an_edition_holds_what_may_be_seen(counting: Council) -> None:
    counting.define("staff", unit="count", denominator=None, counts="workers")
    rows = {"held": monthly([*LARGE[:5], 3], team="North"), "staff": monthly([3, 4], team="North")}
    folder = counting.home.editions / str(counting.publish(SEPTEMBER, rows))
    edition = read_protected(folder)
    assert edition is not None
    assert {row.kpi for row in edition.rows} == {"held"}
    assert months(edition) == [*LARGE[:5], None]
    assert list(edition.rows) == sorted(edition.rows, key=lambda row: row.key)
    assert duckdb.read_parquet(str(folder / PROTECTED)).columns == list(COLUMNS)
    manifest = read_manifest(folder)
    assert PROTECTED in manifest.files
    (folder / PROTECTED).write_bytes(b"")
    assert [str(problem.file) for problem in damaged_files(folder, manifest)] == [str(folder / PROTECTED)]


def test_without_an_indicator_of_children_the_file_is_empty(council: Council) -> None:
    council.define("staff", unit="count", denominator=None, counts="workers")
    name = council.publish(SEPTEMBER, {"staff": monthly([3, 4])})
    assert read_protected(council.home.editions / str(name)) == Protected(())


def test_published_figures_have_nothing_to_protect_and_a_plan_cannot_call_records_so(counting: Council) -> None:
    plan = counting.plan([counting.definition("held")])
    plan = plan.model_copy(update={"council": plan.council.model_copy(update={"published": True})})
    of_records = counting.publish(SEPTEMBER, {"held": monthly([3, 4])}, plan, made_from="records")
    assert read_protected(counting.home.editions / str(of_records)) is not None
    name = counting.publish(SEPTEMBER, {"held": monthly([3, 4])}, plan, made_from="published")
    assert read_protected(counting.home.editions / str(name)) is None


@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_what_an_edition_kept_back_stays_so_in_the_next(counting: Council, is_withdrawn: bool) -> None:
    folder, before = published(counting, [8, 8, 3], JUNE)
    assert months(before) == [8, 8, None]
    if is_withdrawn:
        withdraw(folder, "a mistake")
    _, after = published(counting, LARGE)
    assert months(after) == JUNE_HELD_BACK


def test_a_revision_stands_beside_the_one_it_replaces_and_an_older_date_beside_newer_ones(counting: Council) -> None:
    published(counting, [8, 8, 3, 8, 8, 8])
    assert months(published(counting, LARGE)[1]) == JUNE_HELD_BACK
    assert months(published(counting, LARGE[:3], JUNE)[1]) == JUNE_HELD_BACK[:3]


def test_an_edition_of_before_there_was_protection_gave_nothing(counting: Council) -> None:
    folder, _ = published(counting, [8, 8, 3], JUNE)
    (folder / PROTECTED).unlink()
    manifest = read_manifest(folder)
    files = {name: sha for name, sha in manifest.files.items() if name != PROTECTED}
    text = manifest.model_copy(update={"files": files}).model_dump_json()
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    assert read_protected(folder) is None
    assert months(published(counting, LARGE)[1]) == LARGE


@pytest.mark.parametrize("damage", ["missing", "not Parquet"])
def test_nothing_is_published_beside_an_edition_of_which_cannot_be_known_what_it_gave(
    counting: Council, damage: str
) -> None:
    folder, _ = published(counting, LARGE[:3], JUNE)
    if damage == "missing":
        (folder / PROTECTED).unlink()
    else:
        (folder / PROTECTED).write_bytes(b"not Parquet")
    with pytest.raises(InputError, match=r"protected\.parquet.*cannot be known"):
        published(counting, LARGE)
    assert [edition_folder.name for edition_folder in counting.home.editions.iterdir()] == ["2026-06-30"]


def test_an_edition_published_meanwhile_is_stood_beside_too(counting: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    real, asked = publish.write_synced, []

    def late(file: Path, text: str) -> None:
        real(file, text)
        if not asked:
            asked.append(file)
            published(counting, [8, 8, 3], JUNE)

    monkeypatch.setattr(publish, "write_synced", late)
    assert months(published(counting, LARGE)[1]) == JUNE_HELD_BACK
