/*---
title = "Children with a social worker persistently absent from school"
question = "Which children with a social worker are losing a tenth or more of their schooling?"
unit = "percent"
better = "lower"
timing = "snapshot"
counts = "children"
children_of = "pupils with a social worker"
numerator = "Of them, pupils who missed 10% or more of their own possible sessions"
denominator = "Pupils with a social worker at the month's end who had any possible sessions in the school year to then"
category = "Plan type"
definition = "DfE, outcomes for children in need, including children looked after: pupils aged 5 to 15 on 31 August before the school year who missed 10% or more of their possible sessions, authorised and unauthorised together, from 1 September to the month's end. Plan type at the month's end: in care, else on a protection plan, else in need, which is any other open referral."
caveats = "The school year to date: figures early in the year rest on few sessions. DfE's children in care are those looked after for 12 months or more at 31 March; here all in care at the month's end. A pupil's month with sessions not recorded, or more missed than possible, is left out. The first figure is of the first September the records hold. The team and worker are those allocated to the child at the month's end."
sources = ["attendance", "ssd_person", "ssd_cin_episodes", "ssd_cp_plans", "ssd_cla_episodes"]
control_chart = false
[benchmarks]
headline = "in need"
note = "DfE counts the whole school year, for pupils with the plan type at 31 March; in care is 12 months or more. No comparator for all together."
[benchmarks.file]
"in need" = "absence:persistent_absence_in_need"
"protection" = "absence:persistent_absence_protection"
"in care" = "absence:persistent_absence_in_care"
[benchmarks.lait]
"in need" = "CINPermAbsent_3Term"
"protection" = "CPPPerAbs_3Term"
"in care" = "LAC_Pers_Abs"
---*/
with

pupil_months as (
    select
        person_id,
        period_end,
        sessions_possible as possible,
        sessions_authorised + sessions_unauthorised as missed,
        row_number() over (
            partition by person_id, period_end
            order by sessions_possible desc, sessions_authorised + sessions_unauthorised desc
        ) as choice
    from attendance
    where
        sessions_authorised >= 0
        and sessions_unauthorised >= 0
        and sessions_authorised + sessions_unauthorised <= sessions_possible
),

years_to_date as (
    select
        school_age_children.period_end,
        school_age_children.person_id,
        sum(pupil_months.possible) as possible,
        sum(pupil_months.missed) as missed
    from school_age_children
    inner join coverage
        on
            coverage.source = 'attendance'
            and last_day(school_age_children.school_year_start) >= coverage.first_period_end
    inner join pupil_months
        on
            school_age_children.person_id = pupil_months.person_id
            and school_age_children.school_year_start <= pupil_months.period_end
            and school_age_children.period_end >= pupil_months.period_end
    where pupil_months.choice = 1
    group by school_age_children.period_end, school_age_children.person_id
    having sum(pupil_months.possible) > 0
)

select
    months.authority,
    months.period_end,
    school_age_children.team,
    school_age_children.worker,
    school_age_children.plan_type as category,
    cast(sum(case when years_to_date.missed * 10 >= years_to_date.possible then 1 else 0 end) as double) as numerator,
    cast(count(*) as double) as denominator
from years_to_date
inner join months
    on years_to_date.period_end = months.period_end
inner join school_age_children
    on
        years_to_date.period_end = school_age_children.period_end
        and years_to_date.person_id = school_age_children.person_id
group by
    months.authority,
    months.period_end,
    school_age_children.team,
    school_age_children.worker,
    school_age_children.plan_type
