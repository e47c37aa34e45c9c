"""Whatever an address holds, a page is drawn: an unknown value falls back to the default and is said."""

from __future__ import annotations

from datetime import date

import pytest
from examples import tried
from hypothesis import example, given, settings
from hypothesis import strategies as st
from looking import resolved
from small_council import SEPTEMBER, Council, month_ends, monthly, row
from small_desk import MARCH

from improvement_board.access.viewer import EVERYONE
from improvement_board.page_models import Address, Board, IndicatorChoice, Run
from improvement_board.page_models.address import period_choices
from improvement_board.words.shown import LONGEST, show_asked

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; drop table extracts; --",
    "North' or '1'='1",
    "$team",
    "../../../etc/passwd",
    "a\x00b",
    "\x1b[31mred",
    "\u202egnorth",
    "half \ud800 a character",
    "line\nbreak\r\n",
    "{{7*7}}",
    "=1+1",
    "x" * 100_000,
    "😀" * 500,
    " ",
]


@pytest.fixture(scope="module")
def board(desk_council: Council) -> Board:
    return desk_council.board


def test_what_can_be_kept_is_kept_without_a_word(board: Board) -> None:
    asked = {"team": "North", "from": "2026-01-31", "to": "2026-06-30", "edition": "2026-06-30", "kpi": "seen"}
    address, notices = resolved(board, EVERYONE, asked)
    assert address == Address("North", date(2026, 1, 31), date(2026, 6, 30), "2026-06-30")
    assert notices == ()
    assert address.parameters() == {key: value for key, value in asked.items() if key != "kpi"}


@pytest.mark.parametrize("asked", [{}, {"team": "", "from": "", "to": "", "edition": ""}])
def test_nothing_asked_is_everything_of_the_latest_edition(board: Board, asked: dict[str, str]) -> None:
    assert resolved(board, EVERYONE, asked) == (Address(), ())
    assert Address().parameters() == {}


@pytest.mark.parametrize(
    ("asked", "notice"),
    [
        ({"team": "West"}, "There is no team “West” in the edition of 2026-09-30: all teams are shown."),
        ({"team": "north"}, "There is no team “north” in the edition of 2026-09-30: all teams are shown."),
        ({"edition": "2026-12-31"}, "There is no edition “2026-12-31”: the latest one is shown."),
        ({"edition": "2026-09-30.2"}, "There is no edition “2026-09-30.2”: the latest one is shown."),
        *(
            ({key: value}, f"“{value}” is not the {which} of a period that can be chosen: all months are shown.")
            for key, which in (("from", "start"), ("to", "end"))
            for value in ("soon", "2026-02-30", "2026-02-28", "2031-03-31", "2026", "1", "-1")
        ),
        ({"from": "2026-07-31", "to": "2026-06-30"}, "The period ended before it began: all months are shown."),
    ],
)
def test_what_cannot_be_kept_falls_back_and_is_said(board: Board, asked: dict[str, str], notice: str) -> None:
    address, notices = resolved(board, EVERYONE, asked)
    assert notices == (notice,)
    assert address == Address()


def test_closed_teams_are_shown_where_they_are_asked_for(board: Board) -> None:
    assert resolved(board, EVERYONE, {"closed": "shown"}) == (Address(with_closed=True), ())
    address, notices = resolved(board, EVERYONE, {"closed": "yes"})
    assert address == Address()
    assert notices == ("“yes” is no choice of closed teams: they are left out.",)


def test_every_value_is_told_and_the_good_ones_are_kept(board: Board) -> None:
    address, notices = resolved(
        board, EVERYONE, {"team": "West", "from": "soon", "to": "2026-03-31", "edition": "never"}
    )
    assert address == Address(last=MARCH)
    assert len(notices) == 3


@settings(max_examples=tried(40), deadline=None)
@given(st.dictionaries(st.sampled_from(["team", "from", "to", "edition"]), st.text(max_size=200)))
@example({"team": HOSTILE[9], "from": HOSTILE[13], "to": HOSTILE[6], "edition": HOSTILE[0]})
def test_no_address_is_an_error_and_no_notice_is_long(board: Board, asked: dict[str, str]) -> None:
    address, notices = resolved(board, EVERYONE, asked)
    assert resolved(board, EVERYONE, address.parameters()) == (address, ())
    assert all(len(notice) < LONGEST + 100 and notice.isprintable() for notice in notices)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_team_edition_or_period_is_no_more_than_unknown(board: Board, text: str) -> None:
    address, notices = resolved(board, EVERYONE, {"team": text, "edition": text, "from": text, "to": text})
    assert address == Address()
    assert len(notices) == 4
    assert all(len(notice) < LONGEST + 100 and notice.isprintable() for notice in notices)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_kpi_worker_or_category_is_no_more_than_unknown(board: Board, text: str) -> None:
    page = Run(board).look(EVERYONE).indicator(IndicatorChoice(text, text, text))
    assert page.definition.id == "seen"
    assert page.worker is None
    assert page.category is None
    assert len(page.notices) == 3
    assert all(len(notice) < LONGEST + 100 and notice.isprintable() for notice in page.notices)
    assert page.outline is not None
    assert page.outline.series.latest_value == 56.25


@pytest.mark.parametrize("text", HOSTILE)
def test_an_address_that_was_never_checked_shows_no_more_than_it_may(board: Board, text: str) -> None:
    address = Address(team=text, edition=text)
    assert Run(board).look(EVERYONE, address).plan().frame.edition == "2026-09-30"
    assert Run(board).look(EVERYONE, address).team().team is None
    page = Run(board).look(EVERYONE, address).indicator(IndicatorChoice("seen"))
    assert page.outline is not None
    assert page.outline.series.latest_value == 56.25
    assert all(len(notice) < LONGEST + 100 for notice in page.notices)


def test_a_repeated_value_is_short_and_on_one_line() -> None:
    assert show_asked("  a\t b\n") == "a b"
    assert show_asked("x" * LONGEST) == "x" * LONGEST
    assert show_asked("x" * (LONGEST + 1)) == "x" * (LONGEST - 1) + "…"
    assert show_asked("\x00\u202e") == ""


def test_whole_quarters_may_be_chosen_and_the_latest_month(council: Council) -> None:
    council.publish(month_ends(1, date(2026, 8, 1))[0], {"seen": monthly([(1, 2)] * 8, date(2026, 8, 31))})
    choices = Run(council.board).look(EVERYONE).desk.periods
    assert choices.firsts == (date(2026, 1, 31), date(2026, 4, 30), date(2026, 7, 31))
    assert choices.lasts == (MARCH, date(2026, 6, 30), date(2026, 8, 31))


def test_a_quarter_begins_in_january_april_july_and_october(board: Board) -> None:
    firsts, lasts = Run(board).look(EVERYONE).desk.periods.firsts, Run(board).look(EVERYONE).desk.periods.lasts
    assert {first.month for first in firsts} == {1, 4, 7, 10}
    assert {last.month for last in lasts} == {3, 6, 9, 12}


def test_of_yearly_figures_each_year_may_be_chosen(council: Council) -> None:
    years = [date(year, 3, 31) for year in (2024, 2025, 2026)]
    council.publish(SEPTEMBER, {"seen": [row(year, None, period="year", value=1.0) for year in years]})
    choices = period_choices(council.store("2026-09-30"))
    assert choices.firsts == choices.lasts == tuple(years)


def test_figures_of_one_month_a_year_offer_each(council: Council) -> None:
    rows = [row(date(year, 9, 30), 1.0, 2.0) for year in (2024, 2025)]
    council.publish(SEPTEMBER, {"seen": rows})
    choices = period_choices(council.store("2026-09-30"))
    assert choices.firsts == choices.lasts == (date(2024, 9, 30), date(2025, 9, 30))
