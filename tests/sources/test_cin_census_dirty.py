"""Children in need censuses with values that do not fit: kept out or left empty, and told with their place."""

from __future__ import annotations

from pathlib import Path

import pytest
from census_reading import case, child, cin, read, saved

from improvement_board.sources.cin_census import CinCensus

PLAN = "<CPPstartDate>2023-06-17</CPPstartDate>"
START = "<AssessmentActualStartDate>2023-05-03</AssessmentActualStartDate>"


def details(inside: str) -> str:
    return f"<CINdetails>{inside}</CINdetails>\n"


DIRTY = [
    ("not-a-date", "CINreferralDate", "ssd_cin_episodes", details("<CINreferralDate>31/02/2023</CINreferralDate>")),
    ("not-a-date", "CINreferralDate", "ssd_cin_episodes", details("<CINreferralDate>2023</CINreferralDate>")),
    ("placeholder", "CINreferralDate", "ssd_cin_episodes", details("<CINreferralDate>0001-01-01</CINreferralDate>")),
    ("missing-value", "CINreferralDate", "ssd_cin_episodes", details("<CINreferralDate> </CINreferralDate>")),
    ("missing-value", "CINreferralDate", "ssd_cin_episodes", details("<ReferralSource>1A</ReferralSource>")),
    ("not-a-date", "CINclosureDate", "ssd_cin_episodes", case("<CINclosureDate>soon</CINclosureDate>")),
    ("missing-value", "AssessmentActualStartDate", "ssd_cin_assessments", case("<Assessments></Assessments>")),
    (
        "not-a-date",
        "AssessmentAuthorisationDate",
        "ssd_cin_assessments",
        case(f"<Assessments>{START}<AssessmentAuthorisationDate>soon</AssessmentAuthorisationDate></Assessments>"),
    ),
    (
        "not-a-date",
        "CINPlanEndDate",
        "ssd_cin_plans",
        case(
            "<CINPlanDates><CINPlanStartDate>2023-06-01</CINPlanStartDate><CINPlanEndDate>x</CINPlanEndDate></CINPlanDates>"
        ),
    ),
    (
        "missing-value",
        "S47ActualStartDate",
        "ssd_s47_enquiry",
        case("<Section47><ICPCnotRequired>true</ICPCnotRequired></Section47>"),
    ),
    (
        "not-a-date",
        "DateOfInitialCPC",
        "ssd_initial_cp_conference",
        case("<DateOfInitialCPC>32/13/2023</DateOfInitialCPC>"),
    ),
    (
        "not-a-date",
        "CPPendDate",
        "ssd_cp_plans",
        case(f"<ChildProtectionPlans>{PLAN}<CPPendDate>x</CPPendDate></ChildProtectionPlans>"),
    ),
    (
        "given-twice",
        "CPPendDate",
        "ssd_cp_plans",
        case(
            f"<ChildProtectionPlans>{PLAN}<CPPendDate>2024-01-01</CPPendDate><CPPendDate>2024-01-02</CPPendDate>"
            "</ChildProtectionPlans>"
        ),
    ),
    (
        "not-a-date",
        "CPPreviewDate",
        "ssd_cp_reviews",
        case(f"<ChildProtectionPlans>{PLAN}<Reviews><CPPreviewDate>x</CPPreviewDate></Reviews></ChildProtectionPlans>"),
    ),
]
HARMLESS = [
    ("unknown-code", "ReferralSource", "ssd_cin_episodes", "cine_referral_source_code", case(source="99")),
    (
        "unknown-code",
        "PrimaryNeedCode",
        "ssd_cin_episodes",
        "cine_cin_primary_need_code",
        case("<PrimaryNeedCode>N77</PrimaryNeedCode>"),
    ),
    (
        "neither-yes-nor-no",
        "ReferralNFA",
        "ssd_cin_episodes",
        "cine_referral_nfa",
        case("<ReferralNFA>maybe</ReferralNFA>"),
    ),
    (
        "not-a-whole-number",
        "NumberOfPreviousCPP",
        "ssd_cp_plans",
        "previous_plans",
        case(f"<ChildProtectionPlans>{PLAN}<NumberOfPreviousCPP>1.5</NumberOfPreviousCPP></ChildProtectionPlans>"),
    ),
    (
        "placeholder",
        "NumberOfPreviousCPP",
        "ssd_cp_plans",
        "previous_plans",
        case(f"<ChildProtectionPlans>{PLAN}<NumberOfPreviousCPP>-1</NumberOfPreviousCPP></ChildProtectionPlans>"),
    ),
    (
        "unknown-code",
        "LatestCategoryOfAbuse",
        "ssd_cp_plans",
        "cppl_cp_plan_latest_category",
        case(f"<ChildProtectionPlans>{PLAN}<LatestCategoryOfAbuse>NGL</LatestCategoryOfAbuse></ChildProtectionPlans>"),
    ),
]


@pytest.mark.parametrize(("rule", "column", "table", "text"), DIRTY)
def test_a_row_is_kept_out_where_it_matters(tmp_path: Path, rule: str, column: str, table: str, text: str) -> None:
    reading = read(CinCensus(), [saved(tmp_path, cin(child(text)))], tmp_path)
    assert reading.tables[table] == []
    assert reading.brief() == [(rule, "error", column, 5)]
    assert reading.kept_findings[0].table == table
    assert "census.xml, line 5" in str(reading.kept_findings[0].problem)
    assert len(reading.tables["ssd_person"]) == 1


@pytest.mark.parametrize(("rule", "column", "table", "empty", "text"), HARMLESS)
def test_a_value_is_left_empty_where_it_does_not_matter(
    tmp_path: Path, rule: str, column: str, table: str, empty: str, text: str
) -> None:
    reading = read(CinCensus(), [saved(tmp_path, cin(child(text)))], tmp_path)
    assert reading.brief() == [(rule, "warning", column, 5)]
    assert [empty in row for row in reading.tables[table]] == [False]
    assert reading.kept_findings[0].key == reading.tables[table][0][next(iter(reading.tables[table][0]))]
    assert reading.kept_findings[0].problem.value in text


@pytest.mark.parametrize(
    "about", ["<Sex>X</Sex>", "<Ethnicity>WXYZ</Ethnicity>", "<PersonBirthDate>x</PersonBirthDate>"]
)
def test_a_child_stays_though_something_about_it_cannot_be_read(tmp_path: Path, about: str) -> None:
    reading = read(CinCensus(), [saved(tmp_path, cin(child(case(), about=about)))], tmp_path)
    assert reading.tables["ssd_person"] == [{"pers_person_id": "C1"}]
    assert [(finding.severity, finding.key) for finding in reading.kept_findings] == [("warning", "C1")]


def test_a_child_without_an_id_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    nameless = child(case()).replace("<LAchildID>C1</LAchildID>", "<LAchildID/>")
    reading = read(CinCensus(), [saved(tmp_path, cin(nameless + child(case(), "C2")))], tmp_path)
    assert reading.brief() == [("missing-value", "error", "LAchildID", 4)]
    assert reading.rows("ssd_cin_episodes", "cine_person_id") == [("C2",)]


@pytest.mark.parametrize(
    "day", ["2023-05-02", "02/05/2023", "2023-05-02T00:00:00", "2023-05-02Z", " 2023-05-02\n", "2 May 2023"]
)
def test_dates_are_read_in_the_ways_systems_write_them(tmp_path: Path, day: str) -> None:
    reading = read(CinCensus(), [saved(tmp_path, cin(child(case(day=day))))], tmp_path)
    assert reading.rows("ssd_cin_episodes", "cine_referral_id") == [("C1|2023-05-02|1",)]


def test_what_belongs_to_a_referral_that_is_kept_out_is_read(tmp_path: Path) -> None:
    text = details(f"<CINreferralDate>x</CINreferralDate><Assessments>{START}</Assessments>")
    reading = read(CinCensus(), [saved(tmp_path, cin(child(text)))], tmp_path)
    assert reading.tables["ssd_cin_episodes"] == []
    assert [set(row) for row in reading.tables["ssd_cin_assessments"]] == [
        {"cina_assessment_id", "cina_person_id", "cina_assessment_start_date"}
    ]


def test_the_same_twice_is_once(tmp_path: Path) -> None:
    review = "<Reviews><CPPreviewDate>2023-09-01</CPPreviewDate><CPPreviewDate>2023-09-01</CPPreviewDate></Reviews>"
    twice = f"<Assessments>{START}</Assessments>" * 2 + f"<ChildProtectionPlans>{PLAN}{review}</ChildProtectionPlans>"
    reading = read(CinCensus(), [saved(tmp_path, cin(child(case(twice) + case(twice))))], tmp_path)
    assert {rule for rule, _, _, _ in reading.brief()} == {"duplicate-row"}
    assert [
        len(reading.tables[f"ssd_{name}"]) for name in ("cin_episodes", "cin_assessments", "cp_plans", "cp_reviews")
    ] == [1] * 4


def test_a_child_with_two_records_keeps_the_events_of_both(tmp_path: Path) -> None:
    text = child(case()) + child(case() + case(day="2023-07-01"))
    reading = read(CinCensus(), [saved(tmp_path, cin(text))], tmp_path)
    assert [(finding.rule, finding.table) for finding in reading.kept_findings] == [
        ("duplicate-row", "ssd_person"),
        ("duplicate-row", "ssd_cin_episodes"),
    ]
    assert len(reading.tables["ssd_cin_episodes"]) == 2


def test_an_element_that_is_new_here_is_told_once(tmp_path: Path) -> None:
    renamed = f"<Assessments>{START}<AssessmentCompletionDate>2023-06-01</AssessmentCompletionDate></Assessments>"
    reading = read(CinCensus(), [saved(tmp_path, cin(child(case(renamed)) + child(case(renamed), "C2")))], tmp_path)
    assert reading.brief() == [("unknown-element", "warning", "Assessments/AssessmentCompletionDate", 5)]


@pytest.mark.parametrize("where", ["Child", "ChildIdentifiers", "Reviews", "FactorsIdentifiedAtAssessment"])
def test_an_element_that_is_new_is_told_wherever_it_stands(tmp_path: Path, where: str) -> None:
    group = f"<FactorsIdentifiedAtAssessment></FactorsIdentifiedAtAssessment>{START}"
    inside = f"<Assessments>{group}</Assessments><ChildProtectionPlans>{PLAN}<Reviews></Reviews></ChildProtectionPlans>"
    text = cin(child(case(inside))).replace(f"</{where}>", f"<New>1</New></{where}>", 1)
    assert read(CinCensus(), [saved(tmp_path, text)], tmp_path).brief()[0][:3] == (
        "unknown-element",
        "warning",
        f"{where}/New",
    )


def test_a_factor_that_is_new_here_is_kept_and_a_word_is_not(tmp_path: Path) -> None:
    factors = "".join(f"<AssessmentFactors>{code}</AssessmentFactors>" for code in ("25A", "unknown", "3A"))
    reading = read(
        CinCensus(), [saved(tmp_path, cin(child(case(f"<Assessments>{START}{factors}</Assessments>"))))], tmp_path
    )
    assert reading.rows("ssd_assessment_factors", "cinf_assessment_factors_json") == [('["25A", "3A"]',)]
    assert [(finding.rule, finding.problem.value) for finding in reading.kept_findings] == [
        ("unknown-code", "25A"),
        ("unknown-code", "UNKNOWN"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (cin(child(case()))[:-40], "not well-formed"),
        (f"<!DOCTYPE a [<!ENTITY b 'c'>]>{cin(child(case()))}", "DOCTYPE"),
        (cin(""), "has no Child"),
        ("", "does not begin"),
        ("<School/>", "root element is not Message"),
    ],
)
def test_a_file_that_cannot_be_read_stops_the_edition(tmp_path: Path, text: str, said: str) -> None:
    reading = read(CinCensus(), [saved(tmp_path, text)], tmp_path)
    assert [(finding.rule, finding.severity) for finding in reading.kept_findings] == [("unreadable-file", "stop")]
    assert said in reading.kept_findings[0].problem.message


def test_a_file_that_is_not_there_stops_the_edition(tmp_path: Path) -> None:
    reading = read(CinCensus(), [tmp_path / "gone.xml", tmp_path], tmp_path)
    assert {(finding.rule, finding.severity) for finding in reading.kept_findings} == {("unreadable-file", "stop")}


def test_a_wrong_encoding_is_read_and_told(tmp_path: Path) -> None:
    text = '<?xml version="1.0" encoding="utf-8"?>' + cin(child(case(), "Zoë"))
    reading = read(CinCensus(), [saved(tmp_path, text, encoding="cp1252")], tmp_path)
    assert reading.brief() == [("wrong-encoding", "warning", None, 4)]
    assert reading.rows("ssd_person", "pers_person_id") == [("Zoë",)]
