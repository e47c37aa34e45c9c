"""The address of a withdrawn edition says so, and every page shows the edition before it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from opening import INDICATOR, PLAN, choose, chosen, controls, links, notices, open_app, words_of
from small_council import Council

from improvement_board.declared.home import Home
from improvement_board.editions.withdrawal import withdraw

Serve = Callable[[Home], None]
REASON = "Referrals <b>twice</b>"


@pytest.fixture
def council(desk_council: Council, tmp_path: Path) -> Council:
    shutil.copytree(desk_council.folder, tmp_path / "council")
    return Council(tmp_path / "council")


@pytest.mark.parametrize("page", [PLAN, INDICATOR])
def test_a_withdrawn_latest_edition_is_told_and_the_one_before_shown(serve: Serve, council: Council, page: str) -> None:
    withdraw(council.home.editions / "2026-09-30", REASON)
    serve(council.home)
    app = open_app(page, edition="2026-09-30")
    assert not app.exception
    assert len(notices(app)) == 1
    assert notices(app)[0].startswith("The edition of 2026-09-30 was withdrawn on ")
    assert notices(app)[0].endswith(f": {REASON}. The edition of 2026-06-30 is shown instead.")
    assert "figures to June 2026" in words_of(app)
    assert "edition" not in controls(app)


def test_a_withdrawn_earlier_edition_leads_to_the_one_before_it_and_stays_there(serve: Serve, council: Council) -> None:
    shutil.copytree(council.home.editions / "2026-06-30", council.home.editions / "2026-07-31")
    manifest = council.home.editions / "2026-07-31" / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace('"edition": "2026-06-30"', '"edition": "2026-07-31"'))
    withdraw(council.home.editions / "2026-07-31", REASON)
    serve(council.home)
    app = open_app(PLAN, edition="2026-07-31")
    assert not app.exception
    assert "The edition of 2026-06-30 is shown instead." in notices(app)[0]
    assert "figures to June 2026" in words_of(app)
    assert chosen(app) == {"edition": "2026-06-30"}
    assert all("edition=2026-06-30" in link for link in links(app))
    assert notices(choose(app, edition="2026-06-30")) == []


def test_where_every_edition_is_withdrawn_the_page_says_why(serve: Serve, council: Council) -> None:
    for folder in council.home.editions.iterdir():
        withdraw(folder, REASON)
    serve(council.home)
    app = open_app(PLAN, edition="2026-09-30")
    assert not app.exception
    assert "holds no edition to show" in words_of(app)
    assert REASON in words_of(app)


def test_an_edition_that_is_withdrawn_while_it_is_open_is_left_at_the_next_click(
    serve: Serve, council: Council
) -> None:
    serve(council.home)
    app = open_app(PLAN, edition="2026-06-30")
    assert chosen(app) == {"edition": "2026-06-30"}
    withdraw(council.home.editions / "2026-06-30", REASON)
    app.run()
    assert not app.exception
    assert notices(app)[0].startswith("The edition of 2026-06-30 was withdrawn on ")
    assert "figures to September 2026" in words_of(app)
    assert not any("edition=" in link for link in links(app))
