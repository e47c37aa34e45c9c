"""Several years' censuses together: each event once, as the latest file that has it says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from census_reading import Reading, case, child, cin, read, saved

from improvement_board.sources.cin_census import CARRIES, CinCensus

CLOSED = "<CINclosureDate>2023-08-01</CINclosureDate><ReasonForClosure>RC8</ReasonForClosure>"
PLAN = "<CINPlanDates><CINPlanStartDate>2022-11-01</CINPlanStartDate>{}</CINPlanDates>"
ASSESSED = (
    "<Assessments><AssessmentActualStartDate>2022-12-01</AssessmentActualStartDate>"
    "<AssessmentAuthorisationDate>2023-03-01</AssessmentAuthorisationDate></Assessments>"
)
DAYS = {"2023": "2023-03-31", "2024": "2024-03-31", "2025": "2025-03-31"}


def read_years(folder: Path, years: dict[str, str], authority: dict[str, str] | None = None) -> Reading:
    """Read a file a year, in an order that is not theirs."""
    files = [
        saved(
            folder,
            cin(text, year=year, day=DAYS[year], authority=(authority or {}).get(year, "999")),
            f"{9999 - int(year)}.xml",
        )
        for year, text in years.items()
    ]
    return read(CinCensus(), files, folder)


def test_the_later_file_says_how_an_event_ended(tmp_path: Path) -> None:
    reading = read_years(
        tmp_path,
        {
            "2023": child(case(PLAN.format(""), "2022-10-01", "1A")),
            "2024": child(case(CLOSED + PLAN.format("<CINPlanEndDate>2023-07-01</CINPlanEndDate>"), "2022-10-01", "6")),
        },
    )
    assert reading.kept_findings == []
    columns = ("cine_referral_id", "cine_referral_source_code", "cine_close_date")
    assert reading.rows("ssd_cin_episodes", *columns) == [("C1|2022-10-01|1", "6", date(2023, 8, 1))]
    assert reading.rows("ssd_cin_plans", "cinp_cin_plan_end_date") == [(date(2023, 7, 1),)]
    assert len(reading.tables["ssd_person"]) == 1


def test_what_ended_in_an_earlier_year_stays(tmp_path: Path) -> None:
    ended = CLOSED.replace("2023-08-01", "2022-12-24") + PLAN.format("<CINPlanEndDate>2022-12-01</CINPlanEndDate>")
    reading = read_years(
        tmp_path, {"2023": child(case(ended, "2022-10-01")), "2024": child(case("", "2023-06-01"), "C2")}
    )
    assert reading.kept_findings == []
    assert {row["pers_person_id"] for row in reading.tables["ssd_person"]} == {"C1", "C2"}
    assert len(reading.tables["ssd_cin_plans"]) == 1


@pytest.mark.parametrize(
    ("table", "inside"),
    [
        ("ssd_cin_plans", PLAN.format("")),
        (
            "ssd_cin_assessments",
            "<Assessments><AssessmentActualStartDate>2022-12-01</AssessmentActualStartDate></Assessments>",
        ),
        (
            "ssd_cp_plans",
            "<ChildProtectionPlans><CPPstartDate>2022-12-01</CPPstartDate></ChildProtectionPlans>",
        ),
    ],
)
def test_what_a_later_census_no_longer_has_was_corrected_and_does_not_stay_open_for_ever(
    tmp_path: Path, table: str, inside: str
) -> None:
    reading = read_years(tmp_path, {"2023": child(case(inside, "2022-10-01")), "2024": child(case("", "2022-10-01"))})
    assert reading.tables[table] == []
    assert [(finding.rule, finding.severity, finding.table) for finding in reading.kept_findings] == [
        ("gone-from-later-census", "error", table)
    ]
    assert "2024" not in str(reading.kept_findings[0].problem.file)
    assert "7975.xml does not have it" in reading.kept_findings[0].problem.message


def test_the_next_census_is_named_and_not_the_last(tmp_path: Path) -> None:
    years = {"2023": child(case("", "2022-10-01")), "2024": child(case(), "C2"), "2025": child(case(), "C2")}
    reading = read_years(tmp_path, years)
    assert "7975.xml" in reading.kept_findings[0].problem.message


def test_a_referral_with_no_further_action_is_not_open(tmp_path: Path) -> None:
    nothing = "<ReferralNFA>true</ReferralNFA>"
    reading = read_years(tmp_path, {"2023": child(case(nothing, "2022-10-01")), "2024": child(case(), "C2")})
    assert reading.kept_findings == []
    assert len(reading.tables["ssd_cin_episodes"]) == 2


def test_files_of_two_authorities_do_not_close_each_others_cases(tmp_path: Path) -> None:
    years = {"2023": child(case("", "2022-10-01")), "2024": child(case(), "C2")}
    reading = read_years(tmp_path, years, {"2023": "301"})
    assert [finding.rule for finding in reading.kept_findings] == ["several-authorities"]
    assert len(reading.tables["ssd_cin_episodes"]) == 2


@pytest.mark.parametrize(("reason", "outcome"), [("RC8", "Y"), ("RC7", "N")])
def test_how_a_case_closed_next_year_is_said_of_its_last_assessment(tmp_path: Path, reason: str, outcome: str) -> None:
    years = {
        "2023": child(case(ASSESSED, "2022-10-01")),
        "2024": child(case(CLOSED.replace("RC8", reason), "2022-10-01")),
    }
    reading = read_years(tmp_path, years)
    assert reading.rows("ssd_cin_assessments", "cina_assessment_outcome_nfa") == [(outcome,)]


def test_an_assessment_before_the_last_found_need(tmp_path: Path) -> None:
    later = ASSESSED.replace("2023-03-01", "2023-07-01").replace("2022-12-01", "2023-05-01")
    years = {
        "2023": child(case(ASSESSED, "2022-10-01")),
        "2024": child(case(later + CLOSED, "2022-10-01")),
    }
    columns = ("cina_assessment_start_date", "cina_assessment_outcome_nfa")
    assert sorted(read_years(tmp_path, years).rows("ssd_cin_assessments", *columns)) == [
        (date(2022, 12, 1), "N"),
        (date(2023, 5, 1), "Y"),
    ]


def test_of_two_files_of_one_day_the_one_made_later_wins_and_both_count(tmp_path: Path) -> None:
    first = saved(tmp_path, cin(child(case(source="1A")) + child(case(), "C2"), made="2024-05-01T09:00:00"), "b.xml")
    second = saved(tmp_path, cin(child(case(source="6")), made="2024-06-01T09:00:00"), "a.xml")
    reading = read(CinCensus(), [first, second], tmp_path)
    assert [(finding.rule, finding.severity) for finding in reading.kept_findings] == [
        ("same-reference-date", "warning")
    ]
    assert sorted(reading.rows("ssd_cin_episodes", "cine_person_id", "cine_referral_source_code")) == [
        ("C1", "6"),
        ("C2", "1A"),
    ]


def test_a_file_given_twice_counts_once(tmp_path: Path) -> None:
    text = cin(child(case(ASSESSED + PLAN.format(""))))
    files = [saved(tmp_path, text, "a.xml"), saved(tmp_path, text, "b.xml")]
    assert {table: len(rows) for table, rows in read(CinCensus(), files, tmp_path / "two").tables.items()} == {
        table: len(rows) for table, rows in read(CinCensus(), files[:1], tmp_path / "one").tables.items()
    }


@pytest.mark.parametrize(
    ("days", "first"),
    [
        (["2024-03-31"], date(2023, 4, 1)),
        (["2024-03-31", "2023-03-31"], date(2022, 4, 1)),
        (["2024-03-31", "2022-03-31"], date(2023, 4, 1)),  # what ended in the year between is in neither
        (["2026-09-30"], date(2026, 4, 1)),
        (["2024-02-29"], date(2023, 4, 1)),
    ],
)
def test_the_records_are_complete_from_the_first_april_after_any_year_that_is_missing(
    tmp_path: Path, days: list[str], first: date
) -> None:
    files = [saved(tmp_path, cin(child(case()), day=day), f"{day}.xml") for day in days]
    assert CinCensus().first_days(files) == dict.fromkeys(CARRIES, first)


def test_the_year_stands_in_for_a_reference_date_that_cannot_be_read(tmp_path: Path) -> None:
    file = saved(tmp_path, cin(child(case()), year="2023", day="2023"))
    assert set(CinCensus().first_days([file]).values()) == {date(2022, 4, 1)}
    undated = saved(tmp_path, cin(child(case()), year="soon", day="soon"), "undated.xml")
    assert CinCensus().first_days([undated]) == {}
    assert read(CinCensus(), [undated], tmp_path).brief() == [("no-reference-date", "warning", "ReferenceDate", None)]
