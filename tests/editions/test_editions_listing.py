"""Every edition with what it is: served, earlier, replaced, withdrawn or damaged."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from small_council import JUNE, SEPTEMBER, Council, monthly

from improvement_board.access.viewer import EVERYONE
from improvement_board.building.listing import folder_of, left_behind, list_editions
from improvement_board.editions.manifest import MANIFEST
from improvement_board.editions.withdrawal import withdraw
from improvement_board.errors import InputError
from improvement_board.page_models import Board, Run

MARCH = date(2026, 3, 31)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Council:
    council = Council(tmp_path_factory.mktemp("published"))
    for edition in (MARCH, JUNE, JUNE, SEPTEMBER):
        council.publish(edition, {"seen": monthly([(1, 2)], edition)})
    return council


@pytest.fixture
def four(published: Council, tmp_path: Path) -> Council:
    shutil.copytree(published.folder, tmp_path / "four")
    return Council(tmp_path / "four")


def states(council: Council) -> dict[str, tuple[str, str]]:
    return {listed.name: (listed.state, listed.said) for listed in list_editions(council.home)}


def test_they_are_listed_the_latest_first_with_what_became_of_them(published: Council) -> None:
    listing = list_editions(published.home)
    assert [(listed.name, listed.state, listed.said) for listed in listing] == [
        ("2026-09-30", "served", ""),
        ("2026-06-30.2", "earlier", ""),
        ("2026-06-30", "replaced", "by 2026-06-30.2"),
        ("2026-03-31", "earlier", ""),
    ]
    assert {(listed.kpis, listed.software) for listed in listing} == {(1, "0.1.0")}
    assert all(listed.published for listed in listing)


def test_a_withdrawn_edition_says_when_and_why_and_the_one_before_is_served(four: Council) -> None:
    mark = withdraw(folder_of(four.home, "2026-09-30"), "Wrong")
    withdraw(folder_of(four.home, "2026-06-30.2"), "Wrong too")
    assert states(four) == {
        "2026-09-30": ("withdrawn", f"on {mark.day}: Wrong"),
        "2026-06-30.2": ("withdrawn", f"on {mark.day}: Wrong too"),
        "2026-06-30": ("served", ""),
        "2026-03-31": ("earlier", ""),
    }


def test_a_damaged_edition_says_which_file_and_the_served_one_is_that_of_the_board(four: Council) -> None:
    latest, before = (four.home.editions / name for name in ("2026-09-30", "2026-06-30.2"))
    (latest / "seen.parquet").write_bytes(b"PAR1")
    (latest / "plan.toml").unlink()
    (before / MANIFEST).write_text("{}", encoding="utf-8")
    unfinished = four.home.editions / "2026-12-31"
    unfinished.mkdir()
    state_by_name = states(four)
    assert [state for state, _ in state_by_name.values()] == ["damaged", "damaged", "damaged", "replaced", "served"]
    assert state_by_name["2026-12-31"][1] == f"{unfinished / MANIFEST}: is missing: the edition was not finished"
    assert (
        "is not as it was published" in state_by_name["2026-09-30"][1] or "is missing" in state_by_name["2026-09-30"][1]
    )
    assert state_by_name["2026-09-30"][1].endswith("(and 1 more)")
    assert str(Run(Board(four.home)).look(EVERYONE).desk.store.name) == "2026-03-31"
    assert [listed.kpis for listed in list_editions(four.home)][:3] == [None, 1, None]


def test_what_a_dead_build_left_is_counted(four: Council) -> None:
    assert left_behind(four.home) == 0
    (four.home.editions / ".removing-0a").mkdir()
    assert left_behind(four.home) == 1


def test_an_edition_that_is_not_there_is_refused_with_those_there_are(four: Council, council: Council) -> None:
    with pytest.raises(InputError, match=r"edition = '2026': is not an edition \(allowed: 2026-09-30, 2026-06-30.2, "):
        folder_of(four.home, "2026")
    with pytest.raises(InputError, match=r"allowed: there is none"):
        folder_of(council.home, "2026-09-30")
    assert list_editions(council.home) == ()
