"""Every indicator in one list: what is found, in which order, what is said of each."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from said_pages import ROW, Visit
from small_council import Council

from improvement_board.access.viewer import EVERYONE
from improvement_board.document import indicators
from improvement_board.document.pages import indicators_document
from improvement_board.page_models import Address, Board, Look, Run
from improvement_board.page_models.ambition_page import weight
from improvement_board.page_models.downloads import indicators_download
from improvement_board.page_models.indicators_page import LONGEST_SEARCH, IndicatorsPage


@pytest.fixture(scope="module")
def look(desk_council: Council) -> Look:
    return Run(desk_council.board).look(EVERYONE)


def ids(page: IndicatorsPage) -> list[str]:
    return [outline.series.definition.id for outline, _ in page.shown]


def test_all_are_there_once_the_worst_first(look: Look) -> None:
    page = look.indicators({})
    assert sorted(ids(page)) == sorted(kpi for kpi in look.desk.store.plan.kpis if kpi in look.desk.store.definitions)
    assert [outline for outline, _ in page.shown] == sorted(page.outlines, key=weight)
    assert page.notices == ()
    assert f"{page.count} indicators, worst first" in indicators.lede(page)


def test_two_letters_find_an_indicator_by_its_name_whatever_their_case(look: Look) -> None:
    everything = look.indicators({})
    for outline in everything.outlines:
        title = outline.series.definition.title
        assert outline.series.definition.id in ids(look.indicators({"find": title[:2].upper()}))
        assert ids(look.indicators({"find": f"  {title}  "}))
    assert ids(look.indicators({"find": "nothing is called this"})) == []
    assert "No indicator is like that" in indicators.listed(look.indicators({"find": "nothing is called this"}))


def test_a_verdict_and_an_ambition_narrow_the_list_to_what_they_say(look: Look) -> None:
    everything = look.indicators({})
    of_verdicts = [kpi for verdict, _ in everything.verdicts for kpi in ids(look.indicators({"verdict": verdict}))]
    assert sorted(of_verdicts) == sorted(ids(everything))
    of_ambitions = [kpi for ambition, _ in everything.ambitions for kpi in ids(look.indicators({"ambition": ambition}))]
    assert sorted(set(of_ambitions)) == sorted(ids(everything))
    (first, title) = everything.ambitions[0]
    assert {name for _, name in look.indicators({"ambition": first}).shown} <= {title}


@given(st.dictionaries(st.sampled_from(["verdict", "ambition", "find"]), st.text(max_size=200), max_size=3))
def test_whatever_is_asked_for_is_kept_or_said(look: Look, asked: dict[str, str]) -> None:
    page = look.indicators(asked)
    known = {"verdict": dict(page.verdicts), "ambition": dict(page.ambitions)}
    refused = [name for name, choices in known.items() if asked.get(name) and asked[name] not in choices]
    assert len(page.notices) == len(refused)
    assert all(len(notice) < 250 for notice in page.notices)
    assert len(page.wanted.find) <= LONGEST_SEARCH
    drawn = "".join(str(part) for part in indicators_document(look, asked).parts)
    assert "<script" not in drawn


def test_what_is_saved_is_what_is_listed(look: Look) -> None:
    page = look.indicators({"find": "children"})
    rows = csv.DictReader(io.StringIO(indicators_download(page).text.removeprefix("\ufeff")))
    assert {row["kpi"] for row in rows} == set(ids(page)) != set()


def test_each_row_says_the_latest_figure_that_its_own_page_says(look: Look) -> None:
    visit = Visit(look)
    for page in visit.of_indicators:
        outline = page.outlines[0]
        rows = visit.indicators.of(outline.series.definition.id, ROW)
        assert len(rows) == 1
        assert outline.series.definition.title in rows[0].words


def test_a_team_or_an_earlier_month_is_followed(desk_council: Council) -> None:
    board: Board = desk_council.board
    page = Run(board).look(EVERYONE, Address(team="North")).indicators({})
    assert {outline.series.team for outline, _ in page.shown} == {"North"}
    assert indicators.lede(page).startswith("North")
