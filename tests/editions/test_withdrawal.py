"""A withdrawn edition is kept as it was, says when and why it was withdrawn, and is served and offered no more."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from looking import resolved
from small_council import JUNE, SEPTEMBER, Council, everything_in, monthly

from improvement_board.access.viewer import EVERYONE
from improvement_board.editions.manifest import damaged_files, read_manifest
from improvement_board.editions.shelf import read_shelf
from improvement_board.editions.withdrawal import WITHDRAWN, read_withdrawal, restore, withdraw
from improvement_board.errors import InputError
from improvement_board.page_models import Address, Board, NoEditionError, Run

MARCH = dt.date(2026, 3, 31)
REASON = "Referrals were counted twice."


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Council:
    council = Council(tmp_path_factory.mktemp("three"))
    for edition, seen in ((MARCH, (1, 4)), (JUNE, (1, 2)), (SEPTEMBER, (3, 4))):
        council.publish(edition, {"seen": monthly([seen], edition, team="North")})
    return council


@pytest.fixture
def three(published: Council, tmp_path: Path) -> Council:
    """A council with three editions, to withdraw from."""
    shutil.copytree(published.folder, tmp_path / "three")
    return Council(tmp_path / "three")


def folder_of(council: Council, edition: str) -> Path:
    return council.home.editions / edition


def served(council: Council, edition: str | None = None) -> str:
    look = Run(Board(council.home)).look(EVERYONE, Address(edition=edition))
    desk, problems = look.desk, look.passed_over
    assert problems == ()
    return str(desk.store.name)


def test_a_withdrawn_edition_is_kept_as_it_was_and_served_no_more(three: Council) -> None:
    folder = folder_of(three, "2026-09-30")
    before = everything_in(folder)
    board = Board(three.home)
    assert Run(board).look(EVERYONE).plan().frame.edition == "2026-09-30"
    mark = withdraw(folder, f"  {REASON}\n")
    assert (mark.reason, read_withdrawal(folder)) == (REASON, mark)
    now = everything_in(folder)
    assert now.keys() - before.keys() == {WITHDRAWN}
    assert {name: now[name] for name in before} == before
    assert damaged_files(folder, read_manifest(folder)) == []
    assert Run(board).shelf.served == ("2026-06-30", "2026-03-31")
    page = Run(board).look(EVERYONE).plan()
    assert (page.frame.edition, page.frame.is_latest) == ("2026-06-30", True)
    restore(folder)
    assert everything_in(folder) == before
    assert Run(board).shelf.served[0] == Run(board).look(EVERYONE).plan().frame.edition == "2026-09-30"


@pytest.mark.parametrize(
    ("withdrawn", "asked", "instead"),
    [
        (["2026-09-30"], "2026-09-30", "2026-06-30"),
        (["2026-06-30"], "2026-06-30", "2026-03-31"),
        (["2026-06-30", "2026-03-31"], "2026-06-30", "2026-09-30"),
        (["2026-09-30", "2026-06-30"], "2026-09-30", "2026-03-31"),
    ],
)
def test_its_address_says_when_and_why_and_shows_the_one_before(
    three: Council, withdrawn: list[str], asked: str, instead: str
) -> None:
    for name in withdrawn:
        withdraw(folder_of(three, name), REASON)
    assert served(three, asked) == instead
    address, notices = resolved(Board(three.home), EVERYONE, {"edition": asked, "team": "North"})
    is_latest = instead == read_shelf(three.home).served[0]
    assert (address.edition, address.team) == (None if is_latest else instead, "North")
    today = dt.datetime.now(dt.UTC)
    assert len(notices) == 1
    assert notices[0].startswith(f"The edition of {asked} was withdrawn on ")
    assert str(today.year) in notices[0]
    assert notices[0].endswith(f": Referrals were counted twice. The edition of {instead} is shown instead.")


def test_the_revision_before_is_served_again_and_the_name_is_not_given_twice(three: Council) -> None:
    rows = {"seen": monthly([(2, 4)], team="North")}
    three.publish(SEPTEMBER, rows)
    withdraw(folder_of(three, "2026-09-30.2"), REASON)
    assert Run(Board(three.home)).shelf.served[0] == served(three) == served(three, "2026-09-30.2") == "2026-09-30"
    assert str(three.publish(SEPTEMBER, rows)) == "2026-09-30.3"
    assert served(three, "2026-09-30.2") == "2026-09-30.3"


def test_what_changed_names_the_edition_it_was_worked_out_against(three: Council) -> None:
    assert Run(Board(three.home)).look(EVERYONE).plan().frame.previous == "2026-06-30"
    withdraw(folder_of(three, "2026-06-30"), REASON)
    assert Run(Board(three.home)).look(EVERYONE).plan().frame.previous == "2026-06-30"
    mark = folder_of(three, "2026-06-30") / WITHDRAWN
    mark.write_text('{"reason": "Wrong.", "withdrawn": "2026-01-01T00:00:00Z"}', encoding="utf-8")
    three.publish(SEPTEMBER, {"seen": monthly([(3, 4)], team="North")})
    assert Run(Board(three.home)).look(EVERYONE).plan().frame.previous == "2026-03-31"


def test_without_any_other_edition_the_home_has_none_and_says_why(three: Council) -> None:
    for name in ("2026-03-31", "2026-06-30", "2026-09-30"):
        withdraw(folder_of(three, name), REASON)
    assert Run(Board(three.home)).shelf.served == ()
    for asked in (None, "2026-09-30"):
        with pytest.raises(NoEditionError, match="holds no edition to show") as error:
            Run(Board(three.home)).look(EVERYONE, Address(edition=asked))
        assert [problem.message for problem in error.value.problems[1:4]] == [
            f"was withdrawn on {dt.datetime.now(dt.UTC).date()}: {REASON}"
        ] * 3


@pytest.mark.parametrize(
    "content", [b"", b"{", b'{"reason": ""}', b"\xff\xfe", b'{"reason": "x", "withdrawn": "soon"}']
)
def test_an_edition_whose_mark_cannot_be_read_stays_withdrawn(three: Council, content: bytes) -> None:
    (folder_of(three, "2026-09-30") / WITHDRAWN).write_bytes(content)
    assert served(three) == served(three, "2026-09-30") == "2026-06-30"
    _, notices = resolved(Board(three.home), EVERYONE, {"edition": "2026-09-30"})
    assert notices[0].startswith("The edition of 2026-09-30 was withdrawn: no reason can be read from withdrawn.json.")


def test_a_withdrawal_needs_a_reason_and_is_made_and_taken_back_once(three: Council) -> None:
    folder = folder_of(three, "2026-09-30")
    with pytest.raises(InputError, match="needs a reason"):
        withdraw(folder, " \n ")
    with pytest.raises(InputError, match="is not withdrawn"):
        restore(folder)
    withdraw(folder, REASON)
    with pytest.raises(InputError, match="is withdrawn already: Referrals were counted twice"):
        withdraw(folder, "Another reason")
    assert [file.name for file in folder.iterdir() if file.name.startswith(".")] == []


def test_names_that_are_no_withdrawn_edition_are_none(three: Council) -> None:
    withdraw(folder_of(three, "2026-09-30"), REASON)
    board = Board(three.home)
    for name in (None, "", "2026-06-30", "2026-12-31", "../2026-09-30", "2026-09-30.1"):
        assert Run(board).shelf.withdrawn(name) is None
