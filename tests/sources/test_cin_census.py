"""The children in need census: each element in its column, ids, and the sample files."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from census_reading import case, child, cin, csww, read, saved, worker

from improvement_board.declared.tables import declared_tables
from improvement_board.sources.cin_census import CARRIES, CinCensus

WHOLE = """<Child>
<ChildIdentifiers><LAchildID>C1</LAchildID><UPN>A123456789123</UPN><FormerUPN>X98765432123B</FormerUPN>
<UPNunknown>UN3</UPNunknown><PersonBirthDate>2015-03-27</PersonBirthDate>
<ExpectedPersonBirthDate>2015-04-01</ExpectedPersonBirthDate><Sex>M</Sex><PersonDeathDate>2024-02-01</PersonDeathDate>
</ChildIdentifiers>
<ChildCharacteristics><Ethnicity>WBRI</Ethnicity><Disabilities><Disability>HAND</Disability></Disabilities>
</ChildCharacteristics>
<CINdetails>
<CINreferralDate>2023-05-02</CINreferralDate><ReferralSource>1A</ReferralSource><PrimaryNeedCode>N4</PrimaryNeedCode>
<CINclosureDate>2024-02-27</CINclosureDate><ReasonForClosure>RC1</ReasonForClosure>
<DateOfInitialCPC>2023-12-06</DateOfInitialCPC>
<Assessments><AssessmentActualStartDate>2023-05-03</AssessmentActualStartDate>
<AssessmentInternalReviewDate>2023-05-20</AssessmentInternalReviewDate>
<AssessmentAuthorisationDate>2023-06-20</AssessmentAuthorisationDate>
<FactorsIdentifiedAtAssessment><AssessmentFactors>1C</AssessmentFactors><AssessmentFactors>6B</AssessmentFactors>
</FactorsIdentifiedAtAssessment></Assessments>
<CINPlanDates><CINPlanStartDate>2024-01-24</CINPlanStartDate><CINPlanEndDate>2024-01-26</CINPlanEndDate></CINPlanDates>
<Section47><S47ActualStartDate>2023-06-02</S47ActualStartDate><InitialCPCtarget>2023-06-23</InitialCPCtarget>
<DateOfInitialCPC>2023-06-17</DateOfInitialCPC><ICPCnotRequired>false</ICPCnotRequired></Section47>
<ReferralNFA>0</ReferralNFA>
<ChildProtectionPlans><CPPstartDate>2023-06-17</CPPstartDate><CPPendDate>2024-01-24</CPPendDate>
<InitialCategoryOfAbuse>PHY</InitialCategoryOfAbuse><LatestCategoryOfAbuse>MUL</LatestCategoryOfAbuse>
<NumberOfPreviousCPP>1</NumberOfPreviousCPP>
<Reviews><CPPreviewDate>2023-09-15</CPPreviewDate>
<CPPreviewDate>2024-01-24</CPPreviewDate></Reviews></ChildProtectionPlans>
</CINdetails>
</Child>
"""


def test_every_element_goes_to_its_column(tmp_path: Path) -> None:
    reading = read(CinCensus(), [saved(tmp_path, cin(WHOLE))], tmp_path)
    assert reading.kept_findings == []
    referral, assessment, enquiry = "C1|2023-05-02|1", "C1|2023-05-03|1", "C1|2023-06-02|1"
    plan, conference, transfer = "C1|2023-06-17|1", "C1|2023-06-17|1", "C1|2023-12-06|1"
    assert reading.tables["ssd_person"] == [
        {
            "pers_person_id": "C1",
            "pers_sex": "M",
            "pers_ethnicity": "WBRI",
            "pers_dob": date(2015, 3, 27),
            "pers_expected_dob": date(2015, 4, 1),
            "pers_death_date": date(2024, 2, 1),
            "pers_upn_unknown": "UN3",
        }
    ]
    assert reading.tables["ssd_cin_episodes"] == [
        {
            "cine_referral_id": referral,
            "cine_person_id": "C1",
            "cine_referral_date": date(2023, 5, 2),
            "cine_cin_primary_need_code": "N4",
            "cine_referral_source_code": "1A",
            "cine_referral_nfa": "N",
            "cine_close_reason": "RC1",
            "cine_close_date": date(2024, 2, 27),
        }
    ]
    assert reading.tables["ssd_cin_assessments"] == [
        {
            "cina_assessment_id": assessment,
            "cina_person_id": "C1",
            "cina_referral_id": referral,
            "cina_assessment_start_date": date(2023, 5, 3),
            "cina_assessment_auth_date": date(2023, 6, 20),
            "cina_assessment_outcome_nfa": "N",
        }
    ]
    assert reading.tables["ssd_assessment_factors"] == [
        {
            "cinf_table_id": assessment,
            "cinf_assessment_id": assessment,
            "cinf_assessment_factors_json": '["1C", "6B"]',
        }
    ]
    assert reading.tables["ssd_cin_plans"] == [
        {
            "cinp_cin_plan_id": "C1|2024-01-24|1",
            "cinp_person_id": "C1",
            "cinp_referral_id": referral,
            "cinp_cin_plan_start_date": date(2024, 1, 24),
            "cinp_cin_plan_end_date": date(2024, 1, 26),
        }
    ]
    assert reading.tables["ssd_s47_enquiry"] == [
        {
            "s47e_s47_enquiry_id": enquiry,
            "s47e_person_id": "C1",
            "s47e_referral_id": referral,
            "s47e_s47_start_date": date(2023, 6, 2),
        }
    ]
    assert reading.tables["ssd_initial_cp_conference"] == [
        {
            "icpc_icpc_id": conference,
            "icpc_person_id": "C1",
            "icpc_s47_enquiry_id": enquiry,
            "icpc_referral_id": referral,
            "icpc_cp_plan_id": plan,
            "icpc_icpc_transfer_in": "N",
            "icpc_icpc_target_date": date(2023, 6, 23),
            "icpc_icpc_date": date(2023, 6, 17),
            "icpc_icpc_outcome_cp_flag": "Y",
        },
        {
            "icpc_icpc_id": transfer,
            "icpc_person_id": "C1",
            "icpc_referral_id": referral,
            "icpc_icpc_transfer_in": "Y",
            "icpc_icpc_date": date(2023, 12, 6),
        },
    ]
    assert reading.tables["ssd_cp_plans"] == [
        {
            "cppl_cp_plan_id": plan,
            "cppl_person_id": "C1",
            "cppl_referral_id": referral,
            "cppl_icpc_id": conference,
            "cppl_cp_plan_start_date": date(2023, 6, 17),
            "cppl_cp_plan_end_date": date(2024, 1, 24),
            "cppl_cp_plan_initial_category": "Physical abuse",
            "cppl_cp_plan_latest_category": "Multiple",
            "previous_plans": 1,
        }
    ]
    assert reading.tables["ssd_cp_reviews"] == [
        {
            "cppr_cp_review_id": f"C1|{day}|1",
            "cppr_person_id": "C1",
            "cppr_cp_plan_id": plan,
            "cppr_cp_review_date": day,
        }
        for day in (date(2023, 9, 15), date(2024, 1, 24))
    ]


def test_it_says_which_columns_it_carries(tmp_path: Path) -> None:
    older = WHOLE.replace("<Sex>M</Sex>", "<GenderCurrent>9</GenderCurrent>").replace("C1<", "C2<")
    reading = read(CinCensus(), [saved(tmp_path, cin(WHOLE + older))], tmp_path)
    filled = {table: {column for row in rows for column in row} for table, rows in reading.tables.items()}
    assert filled == {table: set(columns) for table, columns in CARRIES.items()}
    assert all(
        set(columns) <= {declared_column.name for declared_column in declared_tables()[table].columns}
        for table, columns in CARRIES.items()
    )


def test_each_row_knows_its_line_and_file(tmp_path: Path) -> None:
    file = saved(tmp_path, cin(WHOLE))
    reading = read(CinCensus(), [file], tmp_path)
    text = file.read_text(encoding="utf-8").splitlines()
    for table, element in (
        ("ssd_person", "<Child>"),
        ("ssd_cin_episodes", "<CINdetails>"),
        ("ssd_cin_assessments", "<Assessments>"),
        ("ssd_cin_plans", "<CINPlanDates>"),
        ("ssd_s47_enquiry", "<Section47>"),
        ("ssd_cp_plans", "<ChildProtectionPlans>"),
        ("ssd_cp_reviews", "<CPPreviewDate>"),
    ):
        assert [element in text[(line or 0) - 1] for line in reading.lines[table]] == [True] * len(reading.lines[table])


def test_gender_of_earlier_years_and_sex_of_later_ones(tmp_path: Path) -> None:
    written = {"GenderCurrent": "0129", "Sex": "MFU12"}
    text = "".join(
        child(case(), f"{name}{code}", f"<{name}>{code}</{name}>") for name, codes in written.items() for code in codes
    )
    reading = read(CinCensus(), [saved(tmp_path, cin(text))], tmp_path)
    assert [gender for gender, _ in reading.rows("ssd_person", "pers_gender", "pers_sex")[:4]] == [
        "00",
        "01",
        "02",
        "09",
    ]
    assert [sex for _, sex in reading.rows("ssd_person", "pers_gender", "pers_sex")[4:]] == ["M", "F", "U", "M", "F"]


@pytest.mark.parametrize(
    "factors",
    [
        "<FactorsIdentifiedAtAssessment><AssessmentFactors>3A</AssessmentFactors><AssessmentFactors>16a</AssessmentFactors>"
        "<AssessmentFactors>3A</AssessmentFactors></FactorsIdentifiedAtAssessment>",
        "<AssessmentFactors>3A</AssessmentFactors><AssessmentFactors>16A</AssessmentFactors>",
        "<FactorsIdentifiedAtAssessment><AssessmentFactors> 3A, 16A </AssessmentFactors>"
        "</FactorsIdentifiedAtAssessment>",
    ],
)
def test_factors_are_read_wherever_they_stand(tmp_path: Path, factors: str) -> None:
    start = "<AssessmentActualStartDate>2023-05-03</AssessmentActualStartDate>"
    file = saved(tmp_path, cin(child(case(f"<Assessments>{start}{factors}</Assessments>"))))
    reading = read(CinCensus(), [file], tmp_path)
    assert reading.kept_findings == []
    assert json.loads(reading.tables["ssd_assessment_factors"][0]["cinf_assessment_factors_json"]) == ["3A", "16A"]


def test_an_assessment_without_factors_has_no_factor_row(tmp_path: Path) -> None:
    start = "<AssessmentActualStartDate>2023-05-03</AssessmentActualStartDate>"
    text = f"<Assessments>{start}<FactorsIdentifiedAtAssessment/></Assessments>"
    reading = read(CinCensus(), [saved(tmp_path, cin(child(case(text))))], tmp_path)
    assert len(reading.tables["ssd_cin_assessments"]) == 1
    assert reading.tables["ssd_assessment_factors"] == []


def assessed(start: str, authorised: str | None = None) -> str:
    end = f"<AssessmentAuthorisationDate>{authorised}</AssessmentAuthorisationDate>" if authorised else ""
    return f"<Assessments><AssessmentActualStartDate>{start}</AssessmentActualStartDate>{end}</Assessments>"


@pytest.mark.parametrize(
    ("closure", "expected"),
    [
        ("<CINclosureDate>2024-01-09</CINclosureDate><ReasonForClosure>RC8</ReasonForClosure>", ["N", "Y", None]),
        ("<CINclosureDate>2024-01-09</CINclosureDate><ReasonForClosure>RC9</ReasonForClosure>", ["N", "Y", None]),
        ("<CINclosureDate>2024-01-09</CINclosureDate><ReasonForClosure>RC7</ReasonForClosure>", ["N", "N", None]),
        ("<CINclosureDate>2024-01-09</CINclosureDate>", ["N", None, None]),
        ("", ["N", None, None]),
    ],
)
def test_the_last_assessment_authorised_has_the_outcome_that_the_closure_tells(
    tmp_path: Path, closure: str, expected: list[str | None]
) -> None:
    three = assessed("2023-05-03", "2023-06-01") + assessed("2023-09-03", "2023-10-02") + assessed("2023-12-03")
    reading = read(CinCensus(), [saved(tmp_path, cin(child(case(three + closure))))], tmp_path)
    assert [outcome for (outcome,) in reading.rows("ssd_cin_assessments", "cina_assessment_outcome_nfa")] == expected


def test_events_of_one_day_are_numbered_and_children_apart(tmp_path: Path) -> None:
    two = case(assessed("2023-05-03", "2023-06-01") + assessed("2023-05-03", "2023-06-02"))
    text = cin(child(two + case(source="2A")) + child(case(), "C2"))
    reading = read(CinCensus(), [saved(tmp_path, text)], tmp_path)
    assert reading.rows("ssd_cin_episodes", "cine_referral_id") == [
        ("C1|2023-05-02|1",),
        ("C1|2023-05-02|2",),
        ("C2|2023-05-02|1",),
    ]
    assert reading.rows("ssd_cin_assessments", "cina_assessment_id") == [("C1|2023-05-03|1",), ("C1|2023-05-03|2",)]


def enquiry(start: str, conference: str) -> str:
    held = f"<DateOfInitialCPC>{conference}</DateOfInitialCPC>"
    return f"<Section47><S47ActualStartDate>{start}</S47ActualStartDate>{held}</Section47>"


def test_a_conference_that_stands_twice_is_one(tmp_path: Path) -> None:
    both = "<DateOfInitialCPC>2023-06-17</DateOfInitialCPC>" + enquiry("2023-06-02", "2023-06-17")
    later = enquiry("2023-06-05", "2023-06-17")
    reading = read(CinCensus(), [saved(tmp_path, cin(child(case(both) + case(later, "2023-06-04"))))], tmp_path)
    columns = ("icpc_s47_enquiry_id", "icpc_icpc_transfer_in")
    assert reading.rows("ssd_initial_cp_conference", *columns) == [("C1|2023-06-02|1", "N")]
    assert len(reading.tables["ssd_s47_enquiry"]) == 2


def test_every_table_is_supplied_though_it_has_no_row(tmp_path: Path) -> None:
    reading = read(CinCensus(), [saved(tmp_path, cin(child(case())))], tmp_path)
    assert set(reading.tables) == set(CARRIES)
    assert reading.tables["ssd_cp_plans"] == []


def test_names_in_another_spelling_and_namespace_are_read(tmp_path: Path) -> None:
    text = cin(child(case(assessed("2023-05-03")))).replace("<Message>", '<Message xmlns="urn:example">')
    text = text.replace("CINreferralDate", "CINReferralDate").replace("LAchildID", "LAChildID")
    reading = read(CinCensus(), [saved(tmp_path, text)], tmp_path)
    assert reading.kept_findings == []
    assert len(reading.tables["ssd_cin_assessments"]) == 1


def test_progress_is_told_over_all_files(tmp_path: Path) -> None:
    files = [
        saved(tmp_path, cin(child(case()), day=day, made=day), f"{day}.xml") for day in ("2023-03-31", "2024-03-31")
    ]
    told: list[tuple[str, int | None, int | None]] = []
    read(CinCensus(), files, tmp_path, lambda what, done=None, of=None: told.append((what, done, of)))
    total = sum(file.stat().st_size for file in files)
    assert [what.rpartition(" ")[2] for what, _, _ in told] == ["2024-03-31.xml"] * 2 + ["2023-03-31.xml"] * 2
    assert told[-1][1:] == (total, total)


def test_it_knows_its_files_and_no_others(tmp_path: Path, reference: Path) -> None:
    known = {file.name for file in (reference / "samples").rglob("*") if CinCensus().recognises(file)}
    assert known == {"CIN_Census_2024.xml", "fake_CIN_data.xml", "CIN_Census_2026.xml", "cin-2022.xml"}


def test_a_block_that_is_not_known_is_told_once_with_the_kpis_it_might_feed(tmp_path: Path) -> None:
    block = "<PreProceedings><PPStartDate>2024-01-02</PPStartDate></PreProceedings>"
    children = child(case() + block) + block + child(case(), "C2") + block
    reading = read(CinCensus(), [saved(tmp_path, cin(children).replace("</Message>", "<Totals/></Message>"))], tmp_path)
    told = [finding.problem for finding in reading.kept_findings if finding.rule == "unknown-element"]
    names = ["Child/PreProceedings", "Message/PreProceedings", "Message/Totals"]
    assert [problem.column for problem in told] == names
    assert all("referrals" in problem.message and "vacancy_rate" not in problem.message for problem in told)
    assert len(reading.tables["ssd_cin_episodes"]) == 2


@pytest.mark.parametrize(
    ("text", "is_known"),
    [
        (cin(child(case())), True),
        (f"<?xml version='1.0'?>\n<!-- x -->{cin(child(case()))}", True),
        (f"<!DOCTYPE Message>{cin(child(case()))}", True),
        (f"<Message><Children>{child(case())}</Children></Message>", True),
        (cin("").replace("<Collection>CIN", "<Collection>SC"), False),
        (csww(worker()), False),
        ("<html><body>CIN</body></html>", False),
        ("", False),
        ("LAchildID,CIN\n", False),
        ("\x00\x01\x02<Message", False),
    ],
)
def test_a_file_is_known_by_its_beginning(tmp_path: Path, text: str, is_known: bool) -> None:
    assert CinCensus().recognises(saved(tmp_path, text, "data.bin")) is is_known
    assert CinCensus().recognises(tmp_path / "nowhere.xml") is False
    assert CinCensus().recognises(tmp_path) is False


def test_the_samples_load(tmp_path: Path, reference: Path) -> None:
    files = sorted((reference / "samples" / "cin_census").glob("*.xml"))
    reading = read(CinCensus(), files, tmp_path)
    assert {table: len(rows) for table, rows in reading.tables.items()} == {
        "ssd_person": 332 + 2,
        "ssd_cin_episodes": 402 + 2,
        "ssd_cin_assessments": 0 + 2,
        "ssd_assessment_factors": 0 + 1,
        "ssd_cin_plans": 0 + 1,
        "ssd_s47_enquiry": 0 + 1,
        "ssd_initial_cp_conference": 350 + 2,
        "ssd_cp_plans": 0 + 1,
        "ssd_cp_reviews": 0 + 1,
    }
    assert reading.brief() == [
        ("several-authorities", "warning", "LEA", None),
        ("unknown-code", "warning", "AssessmentFactors", 46),
    ]
    assert sum("cine_close_date" in row for row in reading.tables["ssd_cin_episodes"]) == 252 + 2
