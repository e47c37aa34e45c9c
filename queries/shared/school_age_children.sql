/*---
description = """One row per child aged 5 to 15 on 31 August before the school year, and month end with a social worker's plan open:
in care, else protection, else in need (any other open referral, as DfE counts; not one closed with no further action),
with the allocated worker and their team. school_year_start is 1 September."""
sources = []
uses = ["months", "in_care", "protection_plans", "allocation_months"]
---*/
with

school_months as (
    select
        period_end,
        cast(date_trunc('year', period_end - interval 8 month) + interval 8 month as date) as school_year_start
    from months
),

open_things as (
    select
        period_end,
        person_id,
        1 as place
    from in_care
    union all
    select
        period_end,
        person_id,
        2 as place
    from protection_plans
    union all
    select
        months.period_end,
        referrals.cine_person_id as person_id,
        3 as place
    from months
    inner join ssd_cin_episodes as referrals
        on
            months.period_end >= referrals.cine_referral_date
            and (referrals.cine_close_date is null or months.period_end < referrals.cine_close_date)
    where referrals.cine_person_id is not null and coalesce(referrals.cine_referral_nfa, 'N') <> 'Y'
),

children as (
    select
        period_end,
        person_id,
        min(place) as place
    from open_things
    group by period_end, person_id
),

births as (
    select
        pers_person_id as person_id,
        min(pers_dob) as birth_date
    from ssd_person
    group by pers_person_id
)

select
    children.period_end,
    school_months.school_year_start,
    children.person_id,
    allocation_months.team,
    allocation_months.worker,
    case children.place
        when 1 then 'in care'
        when 2 then 'protection'
        else 'in need'
    end as plan_type
from children
inner join school_months
    on children.period_end = school_months.period_end
inner join births
    on children.person_id = births.person_id
left join allocation_months
    on
        children.period_end = allocation_months.period_end
        and children.person_id = allocation_months.person_id
where
    births.birth_date < cast(school_months.school_year_start - interval 5 year as date)
    and births.birth_date >= cast(school_months.school_year_start - interval 16 year as date)
