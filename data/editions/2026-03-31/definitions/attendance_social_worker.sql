/*---
title = "School attendance of children with a social worker"
question = "Are children with a social worker in school?"
unit = "percent"
better = "higher"
timing = "flow"
seasonal = true
empty_months = [8]
counts = "events"
children_of = "pupils with a social worker, by the month"
numerator = "Of them, sessions not missed"
denominator = "Possible sessions (half days) in the month of pupils who had a social worker at its end"
category = "Plan type"
definition = "DfE, outcomes for children in need, including children looked after: pupils aged 5 to 15 on 31 August before the school year; absence is authorised and unauthorised, and educated off site is present. Plan type at the month's end: in care, else on a protection plan, else in need, which is any other open referral."
caveats = "DfE's children in care are those looked after for 12 months or more at 31 March; here all in care at the month's end. A pupil's month with sessions not recorded, or more missed than possible, is left out. The team and worker are those allocated to the child at the month's end."
sources = ["attendance", "ssd_person", "ssd_cin_episodes", "ssd_cp_plans", "ssd_cla_episodes"]
[benchmarks]
headline = "in need"
note = "DfE counts the whole school year, for pupils with the plan type at 31 March; in care is 12 months or more. No comparator for all together."
[benchmarks.file]
"in need" = {code = "absence:overall_absence_in_need", transform = "100 - x"}
"protection" = {code = "absence:overall_absence_protection", transform = "100 - x"}
"in care" = {code = "absence:overall_absence_in_care", transform = "100 - x"}
[benchmarks.lait]
"in need" = {code = "CINTotalAb_3Term", transform = "100 - x"}
"protection" = {code = "CPPTotalAb_3Term", transform = "100 - x"}
"in care" = {code = "LAC_Over_Abs", transform = "100 - x"}
---*/
with

pupils as (
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
)

select
    months.authority,
    months.period_end,
    school_age_children.team,
    school_age_children.worker,
    school_age_children.plan_type as category,
    list(pupils.person_id) filter (where pupils.missed < pupils.possible) as children,
    list(pupils.person_id) filter (where pupils.missed > 0) as other_children,
    cast(sum(pupils.possible - pupils.missed) as double) as numerator,
    cast(sum(pupils.possible) as double) as denominator
from pupils
inner join months
    on pupils.period_end = months.period_end
inner join school_age_children
    on
        pupils.period_end = school_age_children.period_end
        and pupils.person_id = school_age_children.person_id
where pupils.choice = 1
group by
    months.authority,
    months.period_end,
    school_age_children.team,
    school_age_children.worker,
    school_age_children.plan_type
having sum(pupils.possible) > 0
