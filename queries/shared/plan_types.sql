/*---
description = """One row per child and month end with something open, and the one plan type it gives:
in care > protection > in need (plan) > care leaver > assessment. A child without a row is of type other.
A care leaver's row without as_at is of the edition's month."""
sources = []
uses = ["months", "in_care", "protection_plans", "in_need_plans"]
---*/
with

open_things as (
    select period_end, person_id, 1 as place from in_care
    union all
    select period_end, person_id, 2 as place from protection_plans
    union all
    select period_end, person_id, 3 as place from in_need_plans
    union all
    select
        coalesce(leavers.as_at, last_day(council.last_day)) as period_end,
        leavers.clea_person_id as person_id,
        4 as place
    from ssd_care_leavers as leavers
    cross join council
    where
        leavers.clea_care_leaver_eligibility in ('Relevant', 'Former Relevant')
        and leavers.clea_person_id is not null
    union all
    select months.period_end, assessments.cina_person_id as person_id, 5 as place
    from months
    inner join ssd_cin_assessments as assessments
        on
            months.period_end >= assessments.cina_assessment_start_date
            and (
                assessments.cina_assessment_auth_date is null
                or months.period_end < assessments.cina_assessment_auth_date
            )
    where assessments.cina_person_id is not null
)

select
    period_end,
    person_id,
    case min(place)
        when 1 then 'in care'
        when 2 then 'protection'
        when 3 then 'in need'
        when 4 then 'care leaver'
        else 'assessment'
    end as plan_type
from open_things
group by period_end, person_id
