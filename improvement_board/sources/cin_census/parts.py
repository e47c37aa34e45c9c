"""Which elements of a child's record fill which columns: DfE, children in need census, business and technical
specifications for 2021 to 2022 up to 2026 to 2027. Older and newer names of an element stand side by side."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from improvement_board.sources.cin_census.codes import (
    ABUSE,
    CLOSURE_REASONS,
    ETHNICITIES,
    GENDERS,
    PRIMARY_NEEDS,
    REFERRAL_SOURCES,
    SEXES,
    UNKNOWN_PUPIL_NUMBERS,
)
from improvement_board.sources.xml_parts import Part


@dataclass(frozen=True)
class EventParts:
    """One kind of event: its element, its table with the columns of id, child, referral and date, and what it reads.

    `others` are elements inside it that are read elsewhere or not at all.
    """

    element: str
    table: str
    id_column: str
    person_column: str
    referral_column: str | None
    date_column: str
    parts: tuple[Part, ...]
    others: tuple[str, ...] = ()

    @cached_property
    def known(self) -> frozenset[str]:
        """The names of all elements inside it that are known, in small letters."""
        return frozenset(name.lower() for name in (*(part.element for part in self.parts), *self.others))


PERSON = (
    Part("UPNunknown", "pers_upn_unknown", "code", UNKNOWN_PUPIL_NUMBERS),
    Part("PersonBirthDate", "pers_dob", "date"),
    Part("ExpectedPersonBirthDate", "pers_expected_dob", "date"),
    Part("GenderCurrent", "pers_gender", "code", GENDERS),
    Part("Sex", "pers_sex", "code", SEXES),
    Part("PersonDeathDate", "pers_death_date", "date"),
    Part("Ethnicity", "pers_ethnicity", "code", ETHNICITIES),
)
PERSON_OTHERS = frozenset({"lachildid", "upn", "formerupn", "uniquelearnernumber", "personschoolyear", "disabilities"})
CHILD_GROUPS = frozenset({"childidentifiers", "childcharacteristics", "cindetails"})

REFERRAL = EventParts(
    "CINdetails",
    "ssd_cin_episodes",
    "cine_referral_id",
    "cine_person_id",
    None,
    "cine_referral_date",
    (
        Part("CINreferralDate", "cine_referral_date", "date", needed=True),
        Part("ReferralSource", "cine_referral_source_code", "code", REFERRAL_SOURCES),
        Part("PrimaryNeedCode", "cine_cin_primary_need_code", "code", PRIMARY_NEEDS),
        Part("CINclosureDate", "cine_close_date", "date", matters=True),
        Part("ReasonForClosure", "cine_close_reason", "code", CLOSURE_REASONS),
        Part("ReferralNFA", "cine_referral_nfa", "flag"),
    ),
    ("DateOfInitialCPC", "Assessments", "CINPlanDates", "Section47", "ChildProtectionPlans"),
)
ASSESSMENT = EventParts(
    "Assessments",
    "ssd_cin_assessments",
    "cina_assessment_id",
    "cina_person_id",
    "cina_referral_id",
    "cina_assessment_start_date",
    (
        Part("AssessmentActualStartDate", "cina_assessment_start_date", "date", needed=True),
        Part("AssessmentAuthorisationDate", "cina_assessment_auth_date", "date", matters=True),
    ),
    ("AssessmentInternalReviewDate", "FactorsIdentifiedAtAssessment", "AssessmentFactors"),
)
IN_NEED_PLAN = EventParts(
    "CINPlanDates",
    "ssd_cin_plans",
    "cinp_cin_plan_id",
    "cinp_person_id",
    "cinp_referral_id",
    "cinp_cin_plan_start_date",
    (
        Part("CINPlanStartDate", "cinp_cin_plan_start_date", "date", needed=True),
        Part("CINPlanEndDate", "cinp_cin_plan_end_date", "date", matters=True),
    ),
)
ENQUIRY = EventParts(
    "Section47",
    "ssd_s47_enquiry",
    "s47e_s47_enquiry_id",
    "s47e_person_id",
    "s47e_referral_id",
    "s47e_s47_start_date",
    (Part("S47ActualStartDate", "s47e_s47_start_date", "date", needed=True),),
    ("InitialCPCtarget", "DateOfInitialCPC", "ICPCnotRequired"),
)
CONFERENCE = (
    Part("DateOfInitialCPC", "icpc_icpc_date", "date", matters=True),
    Part("InitialCPCtarget", "icpc_icpc_target_date", "date"),
)
PROTECTION_PLAN = EventParts(
    "ChildProtectionPlans",
    "ssd_cp_plans",
    "cppl_cp_plan_id",
    "cppl_person_id",
    "cppl_referral_id",
    "cppl_cp_plan_start_date",
    (
        Part("CPPstartDate", "cppl_cp_plan_start_date", "date", needed=True),
        Part("CPPendDate", "cppl_cp_plan_end_date", "date", matters=True),
        Part("InitialCategoryOfAbuse", "cppl_cp_plan_initial_category", "code", ABUSE),
        Part("LatestCategoryOfAbuse", "cppl_cp_plan_latest_category", "code", ABUSE),
        Part("NumberOfPreviousCPP", "previous_plans", "whole number", lowest=0),
    ),
    ("SeenSocialWorker", "Reviews", "CPPreviewDate"),
)
REVIEW = Part("CPPreviewDate", "cppr_cp_review_date", "date", matters=True)
