"""Categories, workers and the spread of cases: what each holds in one period, and no more."""

from __future__ import annotations

from datetime import date

import pytest
from series_maker import definition, series
from small_council import SEPTEMBER, Council, monthly

from improvement_board.access.viewer import EVERYONE, Viewer
from improvement_board.document.indicator import category_table, worker_table
from improvement_board.figures.assemble import Window
from improvement_board.page_models import Address, IndicatorChoice, Run
from improvement_board.page_models.breakdown import breakdown_of, worker_figures
from improvement_board.page_models.models import IndicatorPage


def page(
    council: Council, kpi: str, *, viewer: Viewer = EVERYONE, category: str | None = None, **address: object
) -> IndicatorPage:
    return Run(council.board).look(viewer, Address(**address)).indicator(IndicatorChoice(kpi, category=category))  # type: ignore[arg-type]


def categories(indicator_page: IndicatorPage) -> list[tuple[str | None, float | None, float | None, float | None]]:
    assert indicator_page.breakdown is not None
    return [
        (figure.category, figure.numerator, figure.denominator, figure.value)
        for figure in indicator_page.breakdown.figures
    ]


def test_a_flow_by_category_adds_up_twelve_months(desk_council: Council) -> None:
    indicator_page = page(desk_council, "seen")
    assert categories(indicator_page) == [
        ("in need", 156.0, 240.0, 65.0),
        ("protection", 102.0, 180.0, 100 * 102 / 180),
    ]
    assert indicator_page.breakdown is not None
    assert indicator_page.breakdown.name == "Plan type"
    assert (indicator_page.breakdown.period_start, indicator_page.breakdown.period_end) == (
        date(2025, 10, 31),
        SEPTEMBER,
    )
    assert indicator_page.categories == ("in need", "protection")


def test_of_one_team_only_its_own(desk_council: Council) -> None:
    indicator_page = page(desk_council, "seen", team="North")
    assert categories(indicator_page) == [("in need", 96.0, 120.0, 80.0), ("protection", 48.0, 120.0, 40.0)]


def test_a_rate_of_fewer_than_ten_is_too_few_to_say_after_the_others(council: Council) -> None:
    council.define("good", category="Reason", counts="workers")
    rows = [
        *monthly([(1.0, 2.0)] * 5, category="neglect"),
        *monthly([(1.0, 1.0)], category="absence"),
        *monthly([(9.0, 9.0)], category="abuse"),
    ]
    council.publish(SEPTEMBER, {"good": rows})
    indicator_page = page(council, "good", category="absence")
    assert [name for name, *_ in categories(indicator_page)] == ["neglect", "absence", "abuse"]
    assert indicator_page.breakdown is not None
    assert indicator_page.outline is not None
    html = category_table(indicator_page, indicator_page.breakdown)
    assert "50.0%" in html
    assert "1 of 1 (too few to say)" in html
    assert "9 of 9 (too few to say)" in html
    assert "100" not in html
    assert indicator_page.outline.headline.startswith("absence: Good was 1 of 1 in September 2026; too few to say")


def test_a_rare_category_does_not_shorten_the_others(council: Council) -> None:
    council.define("cases", unit="count", denominator=None, better="neither", category="Kind")
    rows = [
        *monthly([1.0] * 12, date(2026, 8, 31), category="common"),
        *monthly([5.0], category="rare"),
    ]
    council.publish(SEPTEMBER, {"cases": rows})
    indicator_page = page(council, "cases")
    assert categories(indicator_page) == [("common", 11.0, None, 11.0), ("rare", 5.0, None, 5.0)]
    assert indicator_page.breakdown is not None
    assert [figure.share for figure in indicator_page.breakdown.figures] == [100 * 11 / 16, 100 * 5 / 16]
    assert indicator_page.breakdown.period_start == date(2025, 10, 31)


def test_the_shares_of_a_count_are_of_all_and_a_rate_has_none(desk_council: Council) -> None:
    counted = page(desk_council, "missing").breakdown
    assert counted is not None
    assert [(figure.category, figure.value, figure.share) for figure in counted.figures] == [
        ("from care", 5.0, 50.0),
        ("from home", 5.0, 50.0),
    ]
    rated = page(desk_council, "seen").breakdown
    assert rated is not None
    assert [figure.share for figure in rated.figures] == [None, None]


def test_categories_published_without_parts_are_shown_as_they_are(desk_council: Council) -> None:
    assert categories(page(desk_council, "attendance")) == [
        ("in care", None, None, 92.0),
        ("in need", None, None, 85.5),
    ]


def test_a_category_without_a_figure_or_a_kpi_without_categories_has_no_breakdown() -> None:
    window = Window(None, SEPTEMBER)
    assert breakdown_of(definition(category="Kind"), [series([None], category="a")], window) is None
    assert breakdown_of(definition(category="Kind"), [], window) is None
    assert breakdown_of(definition(), [series([1.0], category="a")], window) is None


def test_a_category_of_zeros_has_no_share() -> None:
    of = {"unit": "count", "denominator": None, "category": "Kind", "timing": "snapshot"}
    made = series([0.0], of=of, category="a", numerators=(0.0,))
    breakdown = breakdown_of(made.definition, [made], Window(None, SEPTEMBER))
    assert breakdown is not None
    assert [(figure.value, figure.share) for figure in breakdown.figures] == [(0.0, None)]


def test_workers_hold_their_cases_by_category(desk_council: Council) -> None:
    workers_listed = page(desk_council, "average_caseload", team="North").workers
    assert [(worker.worker, worker.team, worker.numerator, worker.denominator) for worker in workers_listed] == [
        ("w1", "North", 30.0, 1.0),
        ("w2", "North", 10.0, 0.5),
    ]
    assert [worker.value for worker in workers_listed] == [30.0, 20.0]
    assert workers_listed[0].categories == (("in need", 18.0), ("protection", 12.0))


def test_single_workers_are_listed_for_a_team_and_never_for_all(desk_council: Council) -> None:
    assert page(desk_council, "average_caseload").workers == ()
    assert page(desk_council, "average_caseload", team="East").workers == ()  # closed by the latest month


def test_the_spread_is_of_cases_held_against_the_plans_limit(desk_council: Council) -> None:
    distribution = page(desk_council, "average_caseload").distribution
    assert distribution is not None
    assert distribution.period_end == SEPTEMBER
    assert [(worker.worker, worker.numerator) for worker in distribution.workers] == [
        ("w1", 30.0),
        ("w3", 21.0),
        ("w2", 10.0),
    ]
    assert distribution.limit == 20.0
    assert [worker.worker for worker in distribution.above] == ["w1", "w3"]
    assert page(desk_council, "seen").distribution is None


def test_the_limit_is_the_one_that_the_edition_was_computed_with(council: Council) -> None:
    from small_council import relation

    from improvement_board.building.publish import EditionContents, Extract, publish

    average = council.define("average_caseload", unit="average", timing="snapshot", better="lower")
    over = council.define("caseload_over_limit", parameters={"limit_cases": 20}, sql="select $limit_cases")
    rows = monthly([(30.0, 1.0)], worker="w1", team="A") + monthly([(25.0, 1.0)], worker="w2", team="A")
    extracts = (Extract(average, relation(rows)), Extract(over, relation(rows), {"limit_cases": 25}))
    publish(council.home, EditionContents(SEPTEMBER, council.plan([average, over]), extracts))
    distribution = page(council, "average_caseload").distribution
    assert distribution is not None
    assert distribution.limit == 25.0
    assert [worker.worker for worker in distribution.above] == ["w1"]


@pytest.fixture
def caseload_council(council: Council) -> Council:
    """Caseload and the share over the limit, by worker and team."""
    council.define("average_caseload", unit="average", timing="snapshot", better="lower", counts="cases")
    council.define("caseload_over_limit", timing="snapshot", better="lower", counts="workers")
    cases = {("A", "w1"): 30.0, ("A", "w2"): 18.0, ("B", "w3"): 25.0}
    caseload, over = [], []
    for (team, worker), held in cases.items():
        caseload += monthly([(held, 1.0)] * 24, team=team, worker=worker)
        over += monthly([(float(held > 20), 1.0)] * 24, team=team, worker=worker)
    council.publish(SEPTEMBER, {"average_caseload": caseload, "caseload_over_limit": over})
    return council


@pytest.mark.parametrize("team", [None, "A"])
@pytest.mark.parametrize(
    "viewer",
    [
        Viewer("analyst", "analyst"),
        Viewer("manager", "manager", teams=frozenset({"A"})),
        Viewer("member", "member"),
        Viewer("chair", "committee"),
    ],
    ids=lambda viewer: viewer.role,
)
def test_the_page_of_the_limit_lists_the_workers_that_caseloads_page_lists_and_no_others(
    caseload_council: Council, viewer: Viewer, team: str | None
) -> None:
    chosen = team if viewer.scope.sees_teams else None
    caseload, over = (
        page(caseload_council, kpi, viewer=viewer, team=chosen).distribution
        for kpi in ("average_caseload", "caseload_over_limit")
    )
    assert caseload == over
    workers = {worker.worker: worker.numerator for worker in over.workers} if over else {}
    expected = {"analyst": {"w1": 30.0, "w2": 18.0, "w3": 25.0}, "manager": {"w1": 30.0, "w2": 18.0}}
    if team:
        expected["analyst"] = expected["manager"]
    assert workers == expected.get(viewer.role, {})


def test_a_share_of_one_worker_is_listed_as_its_count(caseload_council: Council) -> None:
    shown = page(caseload_council, "caseload_over_limit", team="A")
    table = worker_table(shown, shown.workers)
    assert "1 of 1" in table
    assert "0 of 1" in table
    assert "%" not in table


def test_without_caseloads_the_page_of_the_limit_has_no_list(council: Council) -> None:
    council.define("caseload_over_limit", timing="snapshot", counts="workers")
    council.publish(SEPTEMBER, {"caseload_over_limit": monthly([(1.0, 1.0)] * 3, team="A", worker="w1")})
    assert page(council, "caseload_over_limit").distribution is None


@pytest.mark.parametrize("category", ["in need", "protection"])
def test_the_spread_is_of_the_services_month_whatever_the_category(desk_council: Council, category: str) -> None:
    distribution = page(desk_council, "average_caseload", category=category).distribution
    assert distribution is not None
    assert distribution.period_end == SEPTEMBER


def test_whoever_may_not_see_workers_sees_none(desk_council: Council) -> None:
    chair = Viewer("chair", "member")
    for team in (None, "North"):
        team_page = page(desk_council, "average_caseload", viewer=chair, team=team)
        assert team_page.workers == ()
        assert team_page.distribution is None
    board = desk_council.board
    worker_page = Run(board).look(chair).indicator(IndicatorChoice("average_caseload", worker="w1"))
    assert worker_page.worker is None
    assert worker_page.notices == ("There is no worker “w1” here: all workers are shown.",)


def test_a_worker_of_two_teams_stands_in_each() -> None:
    rows = [
        {"worker": "w", "team": team, "category": None, "numerator": number, "denominator": None, "value": None}
        for team, number in (("A", 3.0), ("B", 4.0))
    ]
    workers_listed = worker_figures(definition(unit="count", denominator=None), rows)
    assert [(worker.team, worker.value) for worker in workers_listed] == [("B", 4.0), ("A", 3.0)]
