"""Tables, cards and pages show protected figures as they are given, and say so once."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from band_series import SEPTEMBER, VISITS, protected, ranges, team_ranges
from series_maker import comparator, series

from improvement_board.document import about, ambition, indicator, team, teams
from improvement_board.document.control_chart import chart_foot, chart_head, figures_table, no_figures
from improvement_board.document.frame import choices_in_words
from improvement_board.document.latest import latest_period, latest_value, short_comparison, target_words
from improvement_board.document.parts import Links
from improvement_board.document.protection import protection_details
from improvement_board.document.teams import team_bands_table
from improvement_board.figures.series import CategoryBreakdown, CategoryFigure, Series
from improvement_board.page_models.address import Address
from improvement_board.page_models.models import AmbitionPage, AmbitionVerdict, Frame, IndicatorPage, TeamPage
from improvement_board.page_models.outline import outline
from improvement_board.page_models.plan_page import matrix_of

MARCH = date(2026, 3, 31)
FRAME = Frame(
    "Northbridge", "E08999901", "2026-09-30", SEPTEMBER, True, None, None, "", Address(team="North"), True, False,
    is_protected=True,
)  # fmt: skip
RANGES = "as ranges of ten percentage points"
MARKED = "c marks a figure that is kept back"


def cells(html: str) -> list[list[str]]:
    """The rows of a table's body, as they are read."""
    body = html.split("<tbody>", 1)[1].split("</tbody>", maxsplit=1)[0]
    return [
        [re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in body.split("</tr>")[:-1]
    ]


def heads(html: str) -> list[str]:
    return re.findall(r'<th scope="col"[^>]*>(.*?)</th>', html)


def ambition_of(*listed: Series, **fields: Any) -> AmbitionPage:
    made: dict[str, Any] = {
        "frame": FRAME, "id": "a", "title": "A", "statement": "S", "sponsor": "",
        "verdict": AmbitionVerdict("not judged", (), ()),
        "outlines": tuple(outline(listed_series) for listed_series in listed), "without_team": (), "not_supplied": (),
    }  # fmt: skip
    return AmbitionPage(**made | fields)


def team_of(*pairs: tuple[Series, Series], **fields: Any) -> TeamPage:
    made: dict[str, Any] = {
        "frame": FRAME, "team": "North", "service": "Help", "first_period_end": None, "last_period_end": None,
        "is_closed": False, "teams": (), "outlines": tuple((outline(own), service) for own, service in pairs),
        "without": (),
    }  # fmt: skip
    return TeamPage(**made | fields)


def test_the_table_of_ranges_has_no_parts_and_marks_what_is_kept_back() -> None:
    html = figures_table(ranges([40, None, 90], target=80.0))
    assert heads(html) == ["Period", "Visits in time", "Target"]
    assert cells(html) == [
        ["July to September 2026", "90% to 100%", "80.0%"],
        ["April to June 2026", "c: kept back", "80.0%"],
        ["January to March 2026", "40% to under 50%", "80.0%"],
    ]
    of_service = cells(figures_table(protected([70.0, None], control_chart=False)))
    assert [row[:2] for row in of_service] == [["September 2026", "c: kept back"], ["August 2026", "70.0%"]]
    published = cells(figures_table(series([None], symbols=["c"], control_chart=False)))
    assert published[0][1] == "suppressed by the publisher"


def test_what_is_kept_back_stands_under_the_headline() -> None:
    made = outline(ranges([40, None]))
    head = chart_head(made, None)
    assert head.index("</h2>") < head.index(f"Shown by quarter, {RANGES}") < head.index(MARKED)
    assert (made.verdict, made.target_kept) == ("", "")
    assert "ib-protection" not in chart_head(outline(series([1.0])), None)
    figure: dict[str, Any] = {"data": []}
    assert "40% to under 50%" in chart_foot(made, figure)


def test_without_any_figure_the_reason_is_said() -> None:
    assert "kept back" in no_figures(ranges([None]))
    assert "kept back" not in no_figures(series([None]))


@pytest.mark.parametrize(
    ("made", "value", "period", "target"),
    [
        (ranges([40, None], targets=[70.0, 80.0]), "40% to under 50%", "Apr–Jun 2026", "target 70.0%"),
        (ranges([None]), "c: kept back", "", ""),
        (protected([70.0, 72.0], grain="quarter", target=80.0), "72.0%", "Jul–Sep 2026", "target 80.0%"),
        (protected([72.0], grain="year", last=MARCH), "72.0%", "2025-26", ""),
        (protected([None]), "c: kept back", "", ""),
        (series([None], symbols=["c"]), "suppressed by the publisher", "", ""),
        (series([]), "no figure", "", ""),
        (series([12.0]), "12.0%", "Sep 2026", ""),
    ],
)
def test_a_card_reads_right_in_every_grain(made: Series, value: str, period: str, target: str) -> None:
    assert (latest_value(made), latest_period(made), target_words(made)) == (value, period, target)


def test_a_comparator_beside_a_quarter_has_its_year() -> None:
    england = (comparator({2024: 64.0, 2025: 66.0}),)
    assert short_comparison(ranges([40], comparators=england)) == ["England 66.0% (2024-25)"]
    assert short_comparison(protected([70.0], grain="year", last=MARCH, comparators=england)) == ["England 66.0%"]


def test_what_a_comparator_counts_otherwise_is_said_with_its_year() -> None:
    other = (replace(comparator({2024: 64.0, 2025: 66.0}), differs="cases too"),)
    assert short_comparison(ranges([40], comparators=other)) == ["England 66.0% (2024-25, cases too)"]
    yearly = protected([70.0], grain="year", last=MARCH, comparators=other)
    assert short_comparison(yearly) == ["England 66.0% (cases too)"]


def test_the_card_of_a_protected_kpi_opens_to_why() -> None:
    opened = protection_details(outline(protected([70.0], grain="quarter")))
    assert opened.startswith('<details class="ib-details"><summary>Small numbers</summary>')
    assert "Given by quarter" in opened
    assert protection_details(outline(protected([70.0]))) == ""


def test_a_team_stands_beside_the_service_of_the_same_period() -> None:
    whole = replace(
        series([1.0] * 4, of=VISITS, control_chart=False),
        numerators=(9.0, 1.0, 2.0, 6.0), denominators=(9.0, 10.0, 10.0, 10.0),
    )  # fmt: skip
    page = team_of(
        (ranges([40], target=80.0), whole),
        (ranges([40, None]), protected([70.0, 72.0], grain="quarter")),
        (ranges([40]), protected([None], grain="quarter")),
        (ranges([None]), whole),
        (ranges([40], grain="month", of={"timing": "snapshot"}), protected([55.0], of={"timing": "snapshot"})),
        (ranges([40]), protected([5.0], grain="year", last=MARCH)),
    )
    rows = [row[2:] for row in cells(team.team_choices(page))]
    assert rows == [
        ["40% to under 50% (Jul–Sep 2026)", "30.0%", "80.0%", "Not judged"],
        ["40% to under 50% (Apr–Jun 2026)", "70.0%", "–", "Not judged"],
        ["40% to under 50% (Jul–Sep 2026)", "c: kept back", "–", "Not judged"],
        ["c: kept back", "–", "–", "Not judged"],
        ["40% to under 50% (Sep 2026)", "55.0%", "–", "Not judged"],
        ["40% to under 50% (Jul–Sep 2026)", "–", "–", "Not judged"],
    ]


def test_an_unprotected_team_reads_as_before() -> None:
    own = series([10.0, 12.0], team="North", level="team", target=15.0)
    nothing = series([None, None], team="North", level="team")
    page = team_of(
        (own, series([20.0, 21.0])),
        (own, series([5.0], unit="count")),
        (own, series([7.0], last=MARCH)),
        (nothing, series([20.0, 21.0])),
    )
    assert [row[2:5] for row in cells(team.team_choices(page))] == [
        ["12.0% (Sep 2026)", "21.0%", "15.0%"],
        ["12.0% (Sep 2026)", "–", "15.0%"],
        ["12.0% (Sep 2026)", "no figure", "15.0%"],
        ["no figure", "no figure", "–"],
    ]


def test_a_teams_figure_says_what_it_is_of_and_a_share_of_too_few_is_its_count() -> None:
    sized = {"team": "North", "level": "team"}
    many = series([75.0], numerators=(12.0,), denominators=(16.0,), **sized)
    few = series([100.0], numerators=(1.0,), denominators=(1.0,), **sized)
    page = team_of((many, series([80.0])), (few, series([80.0])))
    assert [row[2] for row in cells(team.team_choices(page))] == ["75.0% (12 of 16, Sep 2026)", "1 of 1 (Sep 2026)"]


def test_a_team_page_says_once_what_is_kept_back_and_what_is_not_shown_by_team() -> None:
    service = protected([70.0], grain="quarter")
    page = team_of(
        (ranges([40]), service), (ranges([None]), service), without=("Agency",), not_by_team=("Plans", "Age")
    )
    said = team.team_choices(page)
    assert said.count("</table>") == 1
    after = said.split("</table>")[1]
    assert [after.count(words) for words in (RANGES, MARKED, "Some figures are given by quarter")] == [1, 1, 1]
    assert "Not recorded for this team: Agency." in after
    assert "Not shown by team, as small numbers of children are protected: Plans, Age." in after
    alone = team.team_choices(team_of(not_by_team=("Plans",)))
    assert "no figure for this team" in alone
    assert alone.endswith("protected: Plans.</p>")
    assert "Not shown by team" not in team.team_choices(team_of((ranges([40]), service)))


def test_the_table_of_an_ambition_says_once_what_is_kept_back() -> None:
    said = ambition.as_table(ambition_of(ranges([40]), ranges([90, None]), ranges([None])))
    assert [row[1] for row in cells(said)] == [
        "40% to under 50% Jul–Sep 2026", "90% to 100% Apr–Jun 2026", "c: kept back ",
    ]  # fmt: skip
    assert (said.count(RANGES), said.count(MARKED)) == (1, 1)
    assert "Not judged" in said
    assert RANGES not in ambition.as_table(ambition_of(series([1.0])))


def test_an_ambition_says_what_is_not_shown_by_team() -> None:
    only = ambition.without_team(ambition_of(not_by_team=("Plans",)))
    assert only == '<p class="ib-note">Not shown by team, as small numbers of children are protected: Plans.</p>'
    both = ambition.without_team(ambition_of(not_by_team=("Plans",), without_team=("<i>Agency",)))
    assert "Not recorded for North:" in both
    assert "<li>&lt;i&gt;Agency</li>" in both
    assert both.endswith(only)
    assert ambition.without_team(ambition_of()) == ""


def test_the_table_of_teams_shows_ranges_and_the_side_that_is_certain() -> None:
    comparison = team_ranges(
        [("A", 70), ("<b>", 60), ("C", 50), ("E", None)], own=[("F", 31, 50), ("G", 40, 50)]
    )  # fmt: skip
    html = team_bands_table(Links({}), comparison)
    assert heads(html) == ["Team", "Service", "Visits in time", "Against the whole service (62.0%)"]
    assert [[row[0], *row[2:]] for row in cells(html)] == [
        ["A", "70% to under 80%", "Above (better)"],
        ["&lt;b&gt;", "60% to under 70%", "Not certain"],
        ["C", "50% to under 60%", "Below (worse)"],
        ["E", "c: kept back", "–"],
        ["F", "62.0%", "The same"],
        ["G", "80.0%", "Above (better)"],
    ]
    assert "Visits in time by team, 3 months to September 2026; Whole service 62.0%" in html
    without = team_bands_table(Links({}), replace(comparison, service_value=None))
    assert heads(without) == ["Team", "Service", "Visits in time"]
    neither = team_bands_table(Links({}), team_ranges([("A", 70)], of={"better": "neither"}))
    assert cells(neither)[0][3] == "Above"


def indicator_of(series: Series, **fields: Any) -> IndicatorPage:
    made: dict[str, Any] = dict.fromkeys(IndicatorPage.__dataclass_fields__, ()) | {
        "frame": FRAME, "definition": series.definition, "outline": outline(series),
    }  # fmt: skip
    return IndicatorPage(**made | fields)


def test_the_indicator_page_shows_ranges_categories_and_why_there_are_no_teams() -> None:
    page = indicator_of(protected([1.0]))
    assert "40% to under 50%" in teams.team_table(page, team_ranges([("A", 40)]))
    figures = (CategoryFigure("Police", 7.0, None, 7.0, None), CategoryFigure("Housing", None, None, None, None))
    breakdown = CategoryBreakdown(page.definition, "count", "Source", SEPTEMBER, SEPTEMBER, figures)
    assert cells(indicator.category_table(page, breakdown)) == [["Police", "7", "–"], ["Housing", "c: kept back", "–"]]
    assert "as small numbers of children are protected" in teams.without_teams(page)
    assert "No team is recorded for this KPI." in teams.without_teams(indicator_of(series([1.0])))
    assert "ib-protection" in indicator.section("H", "Teams", "Shown")
    assert "ib-protection" not in indicator.section("H", "Teams")


def test_ranges_are_not_judged_in_the_matrix() -> None:
    assert matrix_of((outline(ranges([40] * 20, target=80.0)),)) is None


def test_the_about_page_explains_small_numbers() -> None:
    said = about.small_numbers()
    assert "<h2>Small numbers</h2>" in said
    for words in ("40% to under 50%", "by quarter, or by year", "kept back", "does not stand for zero"):
        assert words in said


def test_who_sees_no_teams_is_not_told_of_all_of_them() -> None:
    frame = replace(FRAME, address=Address(), sees_teams=False)
    assert choices_in_words(frame).startswith("The whole service, ")
    assert choices_in_words(replace(frame, sees_teams=True)).startswith("All teams, ")
