"""Page models: each page holds what its address asks for, and says what it cannot show."""

from __future__ import annotations

import re
from datetime import date

import pytest
from series_maker import series
from small_council import SEPTEMBER, Council, monthly
from small_desk import MARCH

from improvement_board.access.viewer import EVERYONE
from improvement_board.document import team
from improvement_board.figures.assemble import Window
from improvement_board.figures.overview import overview
from improvement_board.page_models import Address, Board, IndicatorChoice, Run
from improvement_board.page_models.ambition_page import weight
from improvement_board.page_models.models import AmbitionVerdict, IndicatorPage, KpiOutline
from improvement_board.page_models.outline import outline
from improvement_board.page_models.plan_page import matrix_of, standing_of

KPIS = ["seen", "average_caseload", "missing", "children", "attendance", "yearly", "zero"]
NORTH = Address(team="North")
STEADY = [22.0, 21.0, 22.4, 21.3, 22.2, 21.1, 21.9, 21.4, 22.3, 21.2, 22.1, 21.6, 21.8, 21.5, 22.2, 21.3]


@pytest.fixture(scope="module")
def board(desk_council: Council) -> Board:
    return desk_council.board


def indicator(board: Board, kpi: str, address: Address | None = None, **choice: str) -> IndicatorPage:
    return Run(board).look(EVERYONE, address or Address()).indicator(IndicatorChoice(kpi, **choice))


def shown(page: IndicatorPage) -> tuple[str, str | None, str | None, float | None]:
    assert page.outline is not None
    one_series = page.outline.series
    return one_series.level, one_series.team, one_series.category, one_series.latest_value


def test_several_kpis_come_of_the_service_and_of_a_team(board: Board) -> None:
    desk = Run(board).look(EVERYONE).desk
    service, of_team = overview(desk.store, desk.comparators, [*KPIS, "nowhere"], Window(None, SEPTEMBER), "North")
    assert list(service) == KPIS
    assert {kpi: one_series.latest_value for kpi, one_series in service.items()} == {
        "seen": 56.25,
        "average_caseload": 61 / 2.5,
        "missing": 4.0,
        "children": 40.0,
        "attendance": 85.5,
        "yearly": 10.0,
        "zero": 25.0,
    }
    assert {kpi: one_series.latest_value for kpi, one_series in of_team.items()} == {
        "seen": 60.0,
        "average_caseload": 40 / 1.5,
        "missing": 0.0,
        "children": 60.0,
        "zero": 25.0,
    }
    assert all(one_series.level == "team" and one_series.team == "North" for one_series in of_team.values())
    assert overview(desk.store, {}, KPIS, Window(None, SEPTEMBER))[1] == {}


def test_a_kpi_known_only_by_category_stands_as_the_one_its_definition_names(board: Board) -> None:
    desk = Run(board).look(EVERYONE).desk
    service, _ = overview(desk.store, {}, ["attendance"], Window(None, SEPTEMBER))
    assert (service["attendance"].level, service["attendance"].category) == ("service", "in need")
    assert shown(indicator(board, "attendance")) == ("service", None, "in need", 85.5)
    assert shown(indicator(board, "attendance", category="in care")) == ("service", None, "in care", 92.0)


def test_a_zero_denominator_is_no_figure(board: Board) -> None:
    desk = Run(board).look(EVERYONE).desk
    service, _ = overview(desk.store, {}, ["zero"], Window(None, SEPTEMBER))
    assert service["zero"].values == (None, 25.0, None)
    assert service["zero"].latest == 1


def test_a_symbol_stands_where_there_is_no_figure(board: Board) -> None:
    kpi_outline = indicator(board, "yearly").outline
    assert kpi_outline is not None
    assert (kpi_outline.series.values, kpi_outline.series.symbols) == ((None, 12.5, 10.0), ("c", None, None))
    assert kpi_outline.series.grain == "year"
    assert kpi_outline.series.presented is None
    assert kpi_outline.standing is not None
    assert (kpi_outline.standing.rank, kpi_outline.standing.of_all) == (2, 4)


@pytest.mark.parametrize(
    ("address", "choice", "series_shown"),
    [
        (Address(), {}, ("service", None, None, 56.25)),
        (NORTH, {}, ("team", "North", None, 60.0)),
        (Address(), {"category": "in need"}, ("service", None, "in need", 65.0)),
        (NORTH, {"category": "in need"}, ("team", "North", "in need", 80.0)),
        (Address(last=MARCH), {}, ("service", None, None, 100 * 27 / 42)),
        (Address(edition="2026-06-30"), {}, ("service", None, None, 56.25)),
    ],
)
def test_an_indicator_shows_what_its_address_asks_for(
    board: Board, address: Address, choice: dict[str, str], series_shown: tuple[str, str | None, str | None, float]
) -> None:
    page = indicator(board, "seen", address, **choice)
    assert shown(page) == series_shown
    assert page.notices == ()


def test_what_is_said_of_a_category_of_a_team_is_said_of_that_team(board: Board) -> None:
    page = indicator(board, "seen", NORTH, category="in need")
    assert page.outline is not None
    assert page.outline.headline.startswith("North, in need: Seen stayed at 80.0%")
    assert indicator(board, "children", Address(), category="x").outline.series.unit == "rate_per_10000"  # type: ignore[union-attr]


def test_an_indicator_says_what_it_cannot_show(board: Board) -> None:
    page = indicator(board, "yearly", NORTH, worker="w9", category="boys")
    assert shown(page) == ("service", None, None, 10.0)
    assert page.notices == (
        "There is no category “boys” here: all are shown.",
        "There is no worker “w9” here: all workers are shown.",
        "Yearly is not recorded for North: the whole service is shown.",
    )


def test_a_worker_has_a_chart_of_their_own_within_the_team_chosen(board: Board) -> None:
    page = indicator(board, "seen", NORTH, worker="w1")
    assert page.worker is not None
    assert (page.worker.series.level, page.worker.series.worker) == ("worker", "w1")
    assert (page.worker.series.team, set(page.worker.series.values)) == ("North", {80.0})
    elsewhere = indicator(board, "seen", Address(team="South"), worker="w1")
    assert elsewhere.worker is None
    assert len(elsewhere.notices) == 1


def test_without_a_kpi_the_plans_first_is_shown(board: Board) -> None:
    assert Run(board).look(EVERYONE).indicator(IndicatorChoice()).definition.id == "seen"
    unknown = indicator(board, "wellbeing")
    assert unknown.definition.id == "seen"
    assert unknown.notices == ("There is no KPI “wellbeing”: Seen is shown.",)


def test_a_kpi_of_the_plan_without_its_tables_says_which_it_needs(council: Council) -> None:
    plan = council.plan([council.define("seen"), council.define("audits_good")])
    missing = {"audits_good": ("audits", "audit_actions")}
    council.publish(SEPTEMBER, {"seen": monthly([(1, 2)])}, plan, missing=missing)
    board = council.board
    page = indicator(board, "audits_good")
    assert page.notices == ()
    assert page.not_supplied is not None
    assert (page.not_supplied.kpi, page.not_supplied.needs) == ("audits_good", ("audits", "audit_actions"))
    assert page.not_supplied.title == "Audits graded good or outstanding"
    ambition = Run(board).look(EVERYONE).ambition("practice")
    assert [unsupplied.kpi for unsupplied in ambition.not_supplied] == ["audits_good"]
    assert [kpi_outline.series.definition.id for kpi_outline in ambition.outlines] == ["seen"]
    assert Run(board).look(EVERYONE).plan().cards[0].not_supplied == ambition.not_supplied
    assert Run(board).look(EVERYONE).about().not_supplied == ambition.not_supplied


def test_an_ambition_holds_its_kpis_the_worst_first(board: Board) -> None:
    page = Run(board).look(EVERYONE).ambition("practice")
    assert (page.title, page.statement) == ("Good practice", "Children are seen.")
    assert {kpi_outline.series.definition.id for kpi_outline in page.outlines} == {*KPIS}
    assert list(page.outlines) == sorted(page.outlines, key=weight)
    of_team = Run(board).look(EVERYONE, NORTH).ambition("practice")
    assert {kpi_outline.series.definition.id for kpi_outline in of_team.outlines} == {
        "seen", "average_caseload", "missing", "children", "zero",
    }  # fmt: skip
    assert of_team.without_team == ("Attendance", "Yearly")
    with pytest.raises(KeyError):
        Run(board).look(EVERYONE).ambition("nowhere")


def test_a_teams_sentence_counts_each_of_its_indicators_once(board: Board) -> None:
    page = Run(board).look(EVERYONE, NORTH).team()
    said = team.lede(page)
    total, *counts = map(int, re.findall(r"\d+", said))
    assert total == sum(counts) == len(page.outlines)
    html = team.team_choices(page)
    assert [int(many) for many in re.findall(r": (\d+) indicators?</h2>", html)] == counts
    assert html.count('ib-group" open>') >= 1


def test_a_team_stands_against_the_service(board: Board) -> None:
    page = Run(board).look(EVERYONE, NORTH).team()
    assert (page.team, page.service, page.is_closed) == ("North", "Help", False)
    assert page.last_period_end == SEPTEMBER
    assert page.teams == (("North", "Help"), ("South", "Help"))
    assert [
        (kpi_outline.series.latest_value, service.latest_value)
        for kpi_outline, service in page.outlines
        if service.definition.id == "seen"
    ] == [(60.0, 56.25)]
    assert page.without == ("Attendance", "Yearly")


def test_a_team_that_has_closed_is_said_to_have(board: Board) -> None:
    page = Run(board).look(EVERYONE, Address(team="East")).team()
    assert (page.is_closed, page.last_period_end) == (True, date(2026, 8, 31))
    assert page.first_period_end == date(2024, 10, 31)


def test_a_page_without_a_team_offers_them(board: Board) -> None:
    page = Run(board).look(EVERYONE).team()
    assert (page.team, page.service, page.outlines, page.without) == (None, None, (), ())
    assert (len(page.teams), len(page.closed)) == (2, 1)


def test_the_plan_page_counts_its_kpis_by_what_their_latest_point_says(board: Board) -> None:
    page = Run(board).look(EVERYONE).plan()
    (card,) = page.cards
    assert [lead.series.definition.id for lead in card.leads] == ["seen"]
    assert card.tally["better than England"] == 1
    assert card.tally.total() == len(KPIS)
    assert card.verdict == AmbitionVerdict("no real change", (), ())
    assert page.frame.meeting == date(2026, 10, 28)
    assert page.matrix is not None
    assert {kpi for cell in page.matrix.cells.values() for _, kpi in cell} == {*KPIS} - {"yearly"}


def test_the_about_page_says_what_the_edition_is_made_of(board: Board) -> None:
    page = Run(board).look(EVERYONE).about()
    assert [definition.id for definition in page.definitions] == KPIS
    assert page.comparator_sources == (("DfE", "2025"),)
    assert page.neighbours == ("E08000002", "E08000003")
    assert page.neighbours_note == "Illustrative"
    assert page.kpi_count == len(KPIS)


LONG = [*STEADY, *STEADY]


def made(title: str, values: list[float], better: str, target: float | None = None) -> KpiOutline:
    return outline(series(values, target=target, of={"better": better, "title": title, "id": title.lower()}))


def test_the_matrix_places_each_judged_kpi_once() -> None:
    outlines = (
        made("Good", [*LONG, 12.0, 12.5, 12.0], "lower", 30.0),
        made("Bad", [*LONG, 40.0, 41.0, 40.0], "lower", 5.0),
        made("Calm", LONG, "lower", 21.7),
        made("Also calm", LONG, "higher", 21.7),
        made("Free", LONG, "higher"),
        made("High", [*LONG, 40.0, 41.0, 40.0], "neither"),
        made("Short", STEADY[:5], "higher", 21.7),
    )
    assert [standing_of(kpi_outline.series) for kpi_outline in outlines] == [
        "better", "worse", "no real change", "no real change", "no real change", "moved", "too few to say",
    ]  # fmt: skip
    matrix = matrix_of(outlines)
    assert matrix is not None
    assert matrix.rows == ("Worse", "Higher or lower", "No real change", "Better", "Too few to say")
    assert matrix.cells == {
        ("Better", "Target always met"): (("Good", "good"),),
        ("Worse", "Target not met"): (("Bad", "bad"),),
        ("No real change", "Target met at times"): (("Calm", "calm"), ("Also calm", "also calm")),
        ("No real change", "No target"): (("Free", "free"),),
        ("Higher or lower", "No target"): (("High", "high"),),
        ("Too few to say", "Target met at times"): (("Short", "short"),),
    }


def test_the_row_of_what_changed_is_there_only_where_something_did() -> None:
    matrix = matrix_of((made("Calm", LONG, "lower", 21.7),))
    assert matrix is not None
    assert matrix.rows == ("Worse", "No real change", "Better")
    assert matrix_of((outline(series([1.0, 2.0], grain="year")),)) is None
    assert matrix_of(()) is None


def test_an_outline_has_the_words_of_its_icons_or_none() -> None:
    judged = made("Good", [*LONG, 12.0, 12.5, 12.0], "lower", 30.0)
    assert judged.verdict == "Better"
    assert judged.target_kept
    assert judged.headline.startswith(
        "Good fell to 12.0% from an average of 21.7% in the 24 months to March 2026: better"
    )
    plain = outline(series(STEADY, control_chart=False))
    assert (plain.verdict, plain.target_kept) == ("", "")
