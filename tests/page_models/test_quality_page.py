"""Data quality: what is said of sources, checks and indicators, against what was written into the editions."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from doubtful_council import FEWER, HOSTILE, amend, check, publish_doubtful, source
from markupsafe import escape
from small_council import JUNE, SEPTEMBER, Council, monthly, row

from improvement_board.access.viewer import EVERYONE
from improvement_board.document import quality
from improvement_board.page_models import Address, Board, Run
from improvement_board.page_models.downloads import quality_download
from improvement_board.page_models.freshness import Caveats, Recorded
from improvement_board.page_models.quality_export import COLUMNS
from improvement_board.page_models.quality_models import KpiQuality, QualityPage, SourceRows
from improvement_board.page_models.quality_page import has_quality_page


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Council:
    return publish_doubtful(tmp_path_factory.mktemp("doubtful"), steady=[FEWER, f"No full stop {HOSTILE}"])


@pytest.fixture(scope="module")
def page(council: Council) -> QualityPage:
    return Run(council.board).look(EVERYONE).quality()


def of(page: QualityPage, kpi: str) -> KpiQuality:
    return next(kpi_quality for kpi_quality in page.kpis if kpi_quality.kpi == kpi)


AUGUST, JULY = date(2026, 8, 31), date(2026, 7, 31)
RECORDED = {
    "steady": Recorded("month", SEPTEMBER, SEPTEMBER, 0, False, 75.0, 50.0),
    "stops": Recorded("month", JULY, SEPTEMBER, 2, False, 100.0, None),
    "termly": Recorded("month", AUGUST, SEPTEMBER, 1, True, 100.0, 100.0),
    "quarterly": Recorded("quarter", JUNE, SEPTEMBER, 1, False, None, None),
    "yearly": Recorded("year", date(2026, 3, 31), date(2026, 3, 31), 0, False, None, None),
    "counted": Recorded("month", SEPTEMBER, SEPTEMBER, 0, False, 20.0, None),
    "published": Recorded("month", SEPTEMBER, SEPTEMBER, 0, False, None, None),
    "nothing": None,
}


@pytest.mark.parametrize("kpi", RECORDED)
def test_how_complete_and_how_recent_a_kpi_is(page: QualityPage, kpi: str) -> None:
    assert of(page, kpi).recorded == RECORDED[kpi]


def test_what_must_be_said_of_a_kpi(council: Council) -> None:
    desk = Run(council.board).look(EVERYONE).desk
    said = {kpi: caveats for kpi, caveats in desk.caveats.items() if caveats != Caveats()}
    assert said == {
        "steady": Caveats((FEWER, f"No full stop {HOSTILE}.")),
        "stops": Caveats(("The latest figure is of July 2026: late by 2 months.",)),
        "termly": Caveats((), "The latest figure is of August 2026."),
        "quarterly": Caveats(("The latest figure is of April to June 2026: late by 1 quarter.",)),
        "nothing": Caveats(("There is no figure in this edition.",)),
    }


@pytest.mark.parametrize(
    ("last", "caveats"),
    [
        (JUNE, ()),
        (JULY, ()),
        (AUGUST, ("The latest figure is of July 2026: late by 2 months.",)),
        (SEPTEMBER, ("The latest figure is of July 2026: late by 2 months.",)),
    ],
)
def test_what_is_late_now_is_not_said_of_months_that_have_their_figures(
    council: Council, last: date, caveats: tuple[str, ...]
) -> None:
    assert Run(council.board).look(EVERYONE).desk.said_of("stops", Address(last=last)).caveats == caveats


@pytest.mark.parametrize(
    ("ends", "is_late"),
    [
        ([date(2026, 3, 31), date(2026, 5, 31), date(2026, 6, 30), AUGUST], False),  # a month left out twice before
        ([date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 30), AUGUST], True),  # once may be chance
        ([date(2026, 2, 28), date(2026, 4, 30), date(2026, 6, 30), JULY], True),  # never two months before
    ],
)
def test_a_gap_is_usual_only_where_there_were_two_as_long_before(
    tmp_path_factory: pytest.TempPathFactory, ends: list[date], is_late: bool
) -> None:
    council = Council(tmp_path_factory.mktemp("gaps"))
    council.publish(SEPTEMBER, {"seen": [row(end, 1.0, 2.0) for end in ends]})
    recorded = Run(council.board).look(EVERYONE).desk.recorded["seen"]
    assert recorded.is_late == is_late
    assert bool(Run(council.board).look(EVERYONE).desk.caveats["seen"].caveats) == is_late


UNRIPE = "September 2026 is not given yet: joint assessments have until 14 October 2026."


@pytest.mark.parametrize(
    ("ends", "caveats", "latest"),
    [
        ([date(2026, 6, 30), JULY, AUGUST], (), UNRIPE),
        (
            [date(2026, 5, 31), date(2026, 6, 30), JULY],
            ("The latest figure is of July 2026: late by 1 month.",),
            UNRIPE,
        ),
        (
            [date(2026, 1, 31), date(2026, 3, 31), date(2026, 5, 31), JULY],
            (),
            f"The latest figure is of July 2026. {UNRIPE}",
        ),
        ([JULY, AUGUST, SEPTEMBER], (), ""),
        ([], ("There is no figure in this edition.",), UNRIPE),
    ],
)
def test_a_month_that_cannot_be_judged_yet_is_not_late_and_is_said(
    tmp_path_factory: pytest.TempPathFactory, ends: list[date], caveats: tuple[str, ...], latest: str
) -> None:
    council = Council(tmp_path_factory.mktemp("unripe"))
    rows = [row(end, 1.0, 2.0) for end in ends] or [row(SEPTEMBER, None, symbol="c")]
    council.publish(SEPTEMBER, {"seen": rows})
    file = council.home.editions / "2026-09-30" / "manifest.json"
    manifest = json.loads(file.read_text(encoding="utf-8"))
    manifest["kpis"]["seen"]["unripe"] = {
        "period_end": "2026-09-30", "duty": "joint assessments", "until": "2026-10-14"
    }  # fmt: skip
    file.write_text(json.dumps(manifest), encoding="utf-8")
    assert Run(council.board).look(EVERYONE).desk.caveats["seen"] == Caveats(caveats, latest)


def test_the_verdict_counts_each_doubtful_indicator_once(page: QualityPage) -> None:
    assert page.verdict == (
        "4 of 8 indicators rest on current data without a known fault; 4 carry a data caveat.",
        "2 indicators have a team recorded for less than 90% of their cases: figures by team show only those.",
    )
    assert [kpi_quality.kpi for kpi_quality in page.with_caveat] == ["steady", "stops", "quarterly", "nothing"]


def test_rows_of_a_source_are_those_of_all_its_files_and_of_the_editions_before(page: QualityPage) -> None:
    assert page.editions == ("2026-06-30",)
    census, annex = page.sources
    assert (census.title, census.day, census.rows) == (
        "Children in need census",
        SEPTEMBER,
        SourceRows(120, 0, 3, (130,)),
    )
    assert [(table.file, table.day, table.rows) for table in census.tables] == [
        (f"{HOSTILE}.xml", SEPTEMBER, SourceRows(100, 0, 3, (90,))),
        ("second.xml", AUGUST, SourceRows(20, 0, 0, (90,))),
    ]
    assert (annex.title, annex.rows) == ("Annex A", SourceRows(7, 50, 0, (None,)))
    assert [(winner.table, winner.sources) for winner in page.winners] == [
        ("ssd_assessments", ("Children in need census", "Annex A"))
    ]


def test_checks_stand_worst_first_beside_the_edition_before(page: QualityPage) -> None:
    assert [
        (check_line.severity, check_line.title, check_line.failures, check_line.before) for check_line in page.checks
    ] == [
        ("error", "Ends before it starts", 3, None),
        ("error", "Begins before its referral", 2, 1),
        ("error", "Begins before its referral", 0, None),
        ("warning", f"Late {HOSTILE}", 900, None),
    ]
    said = quality.checks(page)
    assert "1 check found nothing wrong." in said
    assert said.index("Ends before it starts") < said.index("Begins before its referral") < said.index("Late ")


def test_many_failing_checks_are_shown_from_the_worst_and_the_others_on_request(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    council = Council(tmp_path_factory.mktemp("many"))
    council.publish(SEPTEMBER, {"seen": monthly([(1.0, 2.0)] * 3)})
    amend(council, SEPTEMBER, checks=[check(check=f"c{n}", title=f"Check {n}.", failures=n) for n in range(23)])
    said = quality.checks(Run(council.board).look(EVERYONE).quality())
    first, rest = said.split("<details")
    assert "Check 22." in first
    assert "Check 3." in first
    assert "2 more checks that rows failed" in rest
    assert "Check 2." in rest
    assert "1 check found nothing wrong." in rest


def test_a_manifest_that_cannot_be_read_is_passed_over(tmp_path_factory: pytest.TempPathFactory) -> None:
    council = publish_doubtful(tmp_path_factory.mktemp("damaged"))
    (council.home.editions / "2026-06-30" / "manifest.json").write_text("{", encoding="utf-8")
    page = Run(council.board).look(EVERYONE).quality()
    assert page.editions == ()
    assert page.sources[0].rows == SourceRows(120, 0, 3, ())
    assert {check_line.before for check_line in page.checks} == {None}


def test_nothing_recorded_is_said(tmp_path_factory: pytest.TempPathFactory) -> None:
    council = Council(tmp_path_factory.mktemp("bare"))
    council.publish(SEPTEMBER, {"seen": monthly([(1.0, 2.0)] * 3, team="North")})
    page = Run(council.board).look(EVERYONE).quality()
    assert page.verdict == ("The one indicator rests on current data without a known fault.",)
    said = quality.exceptions(page) + quality.rest(page)
    assert "No source is recorded" in said
    assert "No check of the data is recorded" in said
    assert "data caveat" not in said.lower()
    amend(council, SEPTEMBER, checks=[check(failures=0)], sources=[source(source="", title="")])
    page = Run(Board(council.home)).look(EVERYONE).quality()
    assert "1 check found nothing wrong." in quality.checks(page)
    assert [source_card.title for source_card in page.sources] == ["Record-level tables"]


def test_restated_figures_stand_with_old_and_new(tmp_path_factory: pytest.TempPathFactory) -> None:
    council = Council(tmp_path_factory.mktemp("restated"))
    council.publish(JUNE, {"seen": monthly([(1.0, 4.0), (1.0, 4.0)], JUNE)})
    council.publish(SEPTEMBER, {"seen": monthly([(2.0, 4.0), (4.0, 4.0), (1.0, 4.0), (1.0, 4.0), (1.0, 4.0)])})
    page = Run(council.board).look(EVERYONE).quality()
    restated = of(page, "seen").restated
    assert restated is not None
    assert (restated.since, restated.figures, restated.period_end) == ("2026-06-30", 2, JUNE)
    assert (restated.before, restated.now) == (25.0, 100.0)
    said = quality.exceptions(page)
    assert "2 figures; the most: June 2026, from 25.0% to 100.0%" in said
    assert "Restated since the figures to 30 June 2026" in said


def test_no_text_of_a_file_becomes_markup(page: QualityPage) -> None:
    said = quality.exceptions(page) + quality.rest(page) + quality.verdict(page)
    assert "<img" not in said
    assert said.count("&lt;img src=x") >= 3
    assert "Steady &amp; sure" in said


def test_the_download_has_every_indicator_and_what_is_left_out(council: Council, page: QualityPage) -> None:
    made = quality_download(Run(council.board).look(EVERYONE).quality())
    assert made.file_name == "data-quality_edition-2026-09-30.csv"
    assert made.text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(made.text.removeprefix("\ufeff"))))
    assert tuple(rows[0]) == COLUMNS
    assert [csv_row["kpi"] for csv_row in rows] == [*(kpi_quality.kpi for kpi_quality in page.kpis), "audits_good"]
    by_kpi = {csv_row["kpi"]: csv_row for csv_row in rows}
    assert by_kpi["steady"]["team_recorded"] == "75"
    assert by_kpi["steady"]["caveats"].startswith(FEWER)
    assert (by_kpi["stops"]["latest_period_end"], by_kpi["stops"]["due_period_end"]) == ("2026-07-31", "2026-09-30")
    assert (by_kpi["stops"]["periods_late"], by_kpi["termly"]["periods_late"]) == ("2", "0")
    assert (by_kpi["audits_good"]["supplied"], by_kpi["audits_good"]["needs"]) == ("no", "audits")
    assert by_kpi["nothing"]["latest_period_end"] == ""


def test_a_caveat_that_a_spreadsheet_would_run_is_guarded(tmp_path_factory: pytest.TempPathFactory) -> None:
    council = publish_doubtful(tmp_path_factory.mktemp("formula"), steady=['=HYPERLINK("x")'])
    text = quality_download(Run(council.board).look(EVERYONE).quality()).text
    assert "'=HYPERLINK" in text


def test_published_statistics_have_no_such_page(council: Council, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert has_quality_page(Run(council.board).look(EVERYONE).desk)
    published = Council(tmp_path_factory.mktemp("published"))
    published.publish(SEPTEMBER, {"seen": monthly([(1.0, 2.0)], JULY)}, made_from="published")
    desk = Run(published.board).look(EVERYONE).desk
    assert not has_quality_page(desk)
    assert desk.caveats["seen"] == Caveats()


def test_what_there_is_to_know_of_comes_first_and_every_indicator_stands_there_once(page: QualityPage) -> None:
    first, rest = quality.exceptions(page), quality.rest(page)
    for kpi in page.kpis:
        name = f'">{escape(kpi.title)}</a>'
        assert (name in first) is kpi.is_exception
        assert (name in rest) is not kpi.is_exception
    assert {kpi.kpi for kpi in page.kpis if kpi.is_exception} >= {"steady", "stops", "nothing"}
    assert any(not kpi.is_exception for kpi in page.kpis)
