"""A run lists the editions once and is of those throughout, whatever comes or goes meanwhile."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from small_council import JUNE, SEPTEMBER, Council, monthly

from improvement_board.access.viewer import EVERYONE, Viewer
from improvement_board.editions import shelf
from improvement_board.editions.withdrawal import restore, withdraw
from improvement_board.figures.export_request import ExportRequest
from improvement_board.page_models import Address, Board, IndicatorChoice, Look, Run
from improvement_board.page_models.downloads import chart_download

SEEN = IndicatorChoice("seen")


def shown(look: Look) -> list[tuple[str, bool, float | None]]:
    """Of each page: its edition, whether that is the latest, and a figure."""
    indicator, ambition = look.indicator(SEEN), look.ambition("practice")
    assert indicator.outline is not None
    charts = [look.plan().outlines[0], ambition.outlines[0], indicator.outline]
    frames = [look.plan().frame, ambition.frame, indicator.frame, look.team().frame, look.about().frame]
    if look.viewer.sees_quality:
        frames.append(look.quality().frame)
    figures = {chart.series.latest_value for chart in charts}
    assert len(figures) == 1
    return [(frame.edition, frame.is_latest, *figures) for frame in frames]


def publish_again(council: Council) -> None:
    council.publish(SEPTEMBER, {"seen": monthly([(1, 4)], team="North")})


def withdraw_it(council: Council) -> None:
    withdraw(council.home.editions / "2026-09-30", "Wrong")


def take_it_away(council: Council) -> None:
    shutil.rmtree(council.home.editions / "2026-09-30")


@pytest.mark.parametrize(
    ("change", "then"),
    [
        (publish_again, ("2026-09-30.2", True, 25.0)),
        (withdraw_it, ("2026-06-30", True, 50.0)),
        (take_it_away, ("2026-06-30", True, 50.0)),
    ],
)
def test_a_run_sees_one_edition_throughout_and_the_next_run_what_came(two: Council, change, then) -> None:
    board = Board(two.home)
    run = Run(board)
    look = run.look(EVERYONE)
    before = shown(look)
    change(two)
    assert set(shown(look)) == set(before) == {("2026-09-30", True, 75.0)}
    assert set(shown(run.look(EVERYONE, Address(edition="2026-09-30")))) == set(before)
    assert look.choose({"edition": "2026-09-30"}).notices == ()
    assert "2026-09-30,seen" in look.export(ExportRequest()).text
    assert set(shown(Run(board).look(EVERYONE))) == {then}


def test_a_run_that_has_opened_nothing_yet_is_of_what_it_listed(two: Council) -> None:
    run = Run(Board(two.home))
    assert run.shelf.served == ("2026-09-30", "2026-06-30")
    publish_again(two)
    withdraw_it(two)
    for viewer in (EVERYONE, Viewer("chair", "member")):
        look = run.look(viewer)
        assert {edition for edition, _, _ in shown(look)} == {"2026-09-30"}
        assert look.desk.is_latest
    assert [earlier_edition.edition for earlier_edition in run.look(EVERYONE).indicator(SEEN).earlier] == ["2026-06-30"]


def test_the_folder_is_listed_once_a_run(two: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = []
    real = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda folder: listed.append(folder) or real(folder))
    board = Board(two.home)
    for many in (1, 2):
        run = Run(board)
        for viewer in (EVERYONE, Viewer("chair", "member")):
            look = run.look(viewer)
            shown(look)
            look.choose({"edition": "2026-06-30", "team": "North"})
            look.export(ExportRequest())
            look.plan_problems()
        assert listed == [two.home.editions] * many


def test_a_page_is_not_kept_past_a_withdrawal_that_is_taken_back(two: Council) -> None:
    board, june = Board(two.home), Address(edition="2026-06-30")
    assert not Run(board).look(EVERYONE, june).plan().frame.is_latest
    withdraw_it(two)
    assert Run(board).look(EVERYONE, june).plan().frame.is_latest
    restore(two.home.editions / "2026-09-30")
    assert not Run(board).look(EVERYONE, june).plan().frame.is_latest


def test_an_earlier_edition_that_is_put_back_anew_under_its_name_is_read_anew(two: Council) -> None:
    board = Board(two.home)
    (then,) = Run(board).look(EVERYONE).indicator(SEEN).earlier
    assert then.then == 50.0
    other = Council(two.folder.parent / "other")
    other.publish(JUNE, {"seen": monthly([(1, 4)], JUNE, team="North")})
    shutil.rmtree(two.home.editions / "2026-06-30")
    shutil.copytree(other.home.editions / "2026-06-30", two.home.editions / "2026-06-30")
    (then,) = Run(board).look(EVERYONE).indicator(SEEN).earlier
    assert then.then == 25.0


def test_a_download_of_an_open_page_holds_its_figures_though_its_edition_is_gone(two: Council) -> None:
    board = Board(two.home)
    page = Run(board).look(EVERYONE).indicator(SEEN)
    assert page.outline is not None
    before = Run(board).look(EVERYONE).export(ExportRequest(("seen",))).text
    withdraw_it(two)
    assert chart_download(page.outline.series, page.frame).text == before


def test_an_unfinished_folder_and_one_that_vanishes_while_it_is_listed_are_no_editions(
    two: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    (two.home.editions / "2026-12-31").mkdir()
    real = Path.iterdir

    def listed(folder: Path) -> list[Path]:
        return [*real(folder), folder / "2027-01-31"]

    monkeypatch.setattr(Path, "iterdir", listed)
    shelf_read = shelf.read_shelf(two.home)
    assert [str(edition.name) for edition in shelf_read.editions] == ["2026-06-30", "2026-09-30", "2026-12-31"]
    assert shelf_read.served == ("2026-09-30", "2026-06-30")
