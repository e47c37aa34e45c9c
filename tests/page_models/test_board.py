"""The board serves what is published, at once and never mixed: each edition opened once, locked, and kept apart."""

from __future__ import annotations

import shutil
import threading
from datetime import date
from pathlib import Path

import duckdb
import pytest
from looking import resolved
from small_council import JUNE, SEPTEMBER, Council, month_ends, monthly

from improvement_board.access.viewer import EVERYONE, Viewer
from improvement_board.editions.scope import Scope
from improvement_board.errors import InputError
from improvement_board.figures.export_request import ExportRequest
from improvement_board.page_models import Address, Board, IndicatorChoice, Run, open_editions
from improvement_board.page_models import board as board_module

SEEN = IndicatorChoice("seen")
OF_JUNE = Address(edition="2026-06-30")


def latest(board: Board, address: Address | None = None) -> float | None:
    page = Run(board).look(EVERYONE, address or Address()).indicator(SEEN)
    assert page.outline is not None
    return page.outline.series.latest_value


def test_editions_are_listed_the_latest_first_and_each_gives_its_own(published: Council) -> None:
    board = Board(published.home)
    assert Run(board).shelf.served == ("2026-09-30", "2026-06-30")
    for _ in range(2):
        assert latest(board) == 75.0
        assert latest(board, OF_JUNE) == 50.0
    frame = Run(board).look(EVERYONE).plan().frame
    assert (frame.edition, frame.is_latest, frame.previous) == ("2026-09-30", True, "2026-06-30")
    frame = Run(board).look(EVERYONE, OF_JUNE).plan().frame
    assert (frame.edition, frame.is_latest, frame.previous) == ("2026-06-30", False, None)
    assert frame.address == OF_JUNE


def test_a_revision_is_seen_at_once_and_takes_the_place_of_its_date(two: Council) -> None:
    board = Board(two.home)
    pages = (latest(board), latest(board, OF_JUNE), Run(board).look(EVERYONE).plan(), Run(board).look(EVERYONE).team())
    two.publish(SEPTEMBER, {"seen": monthly([(1, 4)], team="North")})
    assert latest(board) == 25.0
    assert Run(board).shelf.served == ("2026-09-30.2", "2026-06-30")
    assert Run(board).look(EVERYONE).plan().frame.edition == "2026-09-30.2"
    assert Run(board).look(EVERYONE).plan().outlines[0].series.latest_value == 25.0
    assert (latest(board, OF_JUNE), pages[0]) == (50.0, 75.0)
    assert "2026-09-30.2,seen" in Run(board).look(EVERYONE).export(ExportRequest()).text


def test_a_new_edition_makes_the_one_before_no_longer_the_latest(two: Council) -> None:
    board = Board(two.home)
    september = Address(edition="2026-09-30")
    assert Run(board).look(EVERYONE, september).plan().frame.is_latest
    two.publish(date(2026, 12, 31), {"seen": monthly([(1, 4)], date(2026, 12, 31))})
    assert not Run(board).look(EVERYONE, september).plan().frame.is_latest
    assert Run(board).look(EVERYONE).plan().frame.previous == "2026-09-30"


def test_an_edition_that_is_taken_away_is_no_longer_served(two: Council) -> None:
    board = Board(two.home)
    assert latest(board) == 75.0
    shutil.rmtree(two.home.editions / "2026-09-30")
    assert latest(board) == 50.0
    assert resolved(board, EVERYONE, {"edition": "2026-09-30"})[1] == (
        "There is no edition “2026-09-30”: the latest one is shown.",
    )


def test_an_edition_that_was_mended_is_served_again(two: Council) -> None:
    folder, away = two.home.editions / "2026-09-30", two.folder / "away"
    board = Board(two.home)
    folder.rename(away)
    shutil.copytree(away, folder)
    (folder / "seen.parquet").unlink()
    look = Run(board).look(EVERYONE)
    desk, problems = look.desk, look.passed_over
    assert str(desk.store.name) == "2026-06-30"
    assert [problem.file for problem in problems] == [folder / "seen.parquet"]
    assert latest(board) == 50.0
    shutil.copyfile(away / "seen.parquet", folder / "seen.parquet")
    assert latest(board) == 75.0


def test_an_edition_is_opened_once_whatever_is_asked_of_it(published: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    real = open_editions.open_store

    def counted(folder: Path, scope: Scope) -> object:
        opened.append(folder.name)
        return real(folder, scope)

    monkeypatch.setattr(open_editions, "open_store", counted)
    board = Board(published.home)
    for address in (Address(), OF_JUNE, Address(team="North")):
        Run(board).look(EVERYONE, address).plan()
        Run(board).look(EVERYONE, address).indicator(SEEN)
        Run(board).look(EVERYONE, Address(edition=address.edition)).export(ExportRequest())
    assert sorted(opened) == ["2026-06-30", "2026-09-30"]


def test_the_same_question_is_worked_out_once_for_all_who_may_see_the_same(published: Council) -> None:
    board = Board(published.home)
    page = Run(board).look(EVERYONE).plan()
    assert Run(board).look(EVERYONE).plan() is page
    assert Run(board).look(Viewer("another analyst")).plan() is page
    chair = Run(board).look(Viewer("chair", "member")).plan()
    assert chair is not page
    assert chair is Run(board).look(Viewer("vice chair", "member")).plan()
    assert chair is not Run(board).look(Viewer("manager", "manager", teams=frozenset({"North"}))).plan()
    assert Run(board).look(EVERYONE, Address(team="North")).plan() is not page
    assert Run(board).look(EVERYONE).indicator(SEEN) is Run(board).look(EVERYONE).indicator(IndicatorChoice("seen"))


def test_only_the_last_few_editions_and_pages_are_kept(published: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_editions, "MOST_OPEN", 1)
    monkeypatch.setattr(board_module, "KEPT_PAGES", 3)
    board = Board(published.home)
    for address in (Address(), OF_JUNE, Address(), OF_JUNE):
        assert latest(board, address) == (50.0 if address.edition else 75.0)
        Run(board).look(EVERYONE, address).team()
        assert len(board.opened._desks._things) == 1
        assert len(board.pages._things) <= 3


def test_many_viewers_at_once_get_the_same_answers(published: Council) -> None:
    board, answers = Board(published.home), []

    def ask(address: Address) -> None:
        answers.append((address.edition, latest(board, address)))

    threads = [threading.Thread(target=ask, args=(address,)) for address in (Address(), OF_JUNE) * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers, key=str) == [("2026-06-30", 50.0)] * 4 + [(None, 75.0)] * 4


@pytest.mark.parametrize(
    "query",
    [
        "select * from read_csv('/etc/passwd')",
        "copy extracts to '/tmp/should-not-be.csv'",
        "attach '/tmp/should-not-be.db'",
        "set enable_external_access = true",
        "set threads = 1",
        "install httpfs",
        "load httpfs",
    ],
)
def test_no_query_of_an_open_edition_reaches_a_file_or_a_setting(published: Council, query: str) -> None:
    desk = Run(Board(published.home)).look(EVERYONE).desk
    with pytest.raises(duckdb.Error):
        desk.store.connection.cursor().execute(query)


def test_a_view_that_is_asked_wrongly_names_itself(published: Council) -> None:
    desk = Run(Board(published.home)).look(EVERYONE).desk
    with pytest.raises(InputError) as error:
        desk.store.rows("overview_series", kpis=["seen"])
    assert error.value.problems[0].file == "queries/views/overview_series.sql"


def test_an_edition_reads_the_definitions_and_plan_it_was_published_with(two: Council) -> None:
    two.define("seen", title="Another name", better="lower")
    two.plan([two.definition("seen")], synthetic=False)
    frame = Run(Board(two.home)).look(EVERYONE).plan().frame
    assert (frame.is_synthetic, frame.label) == (True, "Synthetic data")
    assert Run(Board(two.home)).look(EVERYONE).plan().outlines[0].series.definition.title == "Seen"


def test_what_an_earlier_edition_said_stands_beside_what_is_said_now(council: Council) -> None:
    ends = month_ends(4)
    council.publish(JUNE, {"seen": monthly([(1, 2), (1, 2)], JUNE)})
    council.define("seen", sql="select 2")
    council.publish(SEPTEMBER, {"seen": monthly([(1, 4), (1, 2), (3, 4), (3, 4), (3, 4)])})
    (then,) = Run(Board(council.home)).look(EVERYONE).indicator(SEEN).earlier
    assert (then.edition, then.period_end, then.then, then.now) == ("2026-06-30", JUNE, 50.0, 50.0)
    assert (then.restated, then.definition_changed) == (1, True)
    from_july = Run(Board(council.home)).look(EVERYONE, Address(first=ends[1])).indicator(SEEN)
    assert from_july.earlier == (then,)
    up_to_may = Run(Board(council.home)).look(EVERYONE, Address(last=month_ends(5)[0])).indicator(SEEN)
    assert up_to_may.earlier == ()


def test_what_a_category_stands_for_is_held_against_the_same_category(desk_council: Council) -> None:
    page = Run(desk_council.board).look(EVERYONE).indicator(IndicatorChoice("attendance"))
    assert page.outline is not None
    (then,) = page.earlier
    assert (then.period_end, then.then, then.now, then.restated) == (JUNE, 85.5, 85.5, 0)
    of_a_team = Run(desk_council.board).look(EVERYONE, Address(team="North")).indicator(IndicatorChoice("attendance"))
    assert of_a_team.earlier == (then,)
    assert of_a_team.outline is not None
    assert of_a_team.outline.headline == page.outline.headline  # as the page says: the whole service is shown


def test_an_edition_that_showed_another_unit_is_not_held_beside_this_one(council: Council) -> None:
    of = {"unit": "count", "denominator": None, "timing": "snapshot"}
    definition = council.define("children", benchmarks={"unit": "rate_per_10000"}, **of)
    council.publish(JUNE, {"children": monthly([100], JUNE)})
    plan = council.plan([definition], more="[population]\n2025 = 20000\n")
    council.publish(SEPTEMBER, {"children": monthly([100] * 4)}, plan)
    page = Run(Board(council.home)).look(EVERYONE).indicator(IndicatorChoice("children"))
    assert page.outline is not None
    assert page.outline.series.latest_value == 50.0
    assert page.earlier == ()


def test_what_is_wrong_with_the_homes_own_plan_is_told_beside_the_editions(two: Council) -> None:
    board = Board(two.home)
    assert Run(board).look(EVERYONE).plan_problems() == ()
    two.home.plan.write_text("colour = 'red'\n", encoding="utf-8")
    assert {problem.file for problem in Run(board).look(EVERYONE).plan_problems()} == {two.home.plan}
    assert latest(board) == 75.0
    two.home.plan.unlink()
    assert Run(board).look(EVERYONE).plan_problems() == ()
