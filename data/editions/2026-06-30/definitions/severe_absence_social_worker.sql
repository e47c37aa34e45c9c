/*---
title = "Severe absence of children with a social worker"
question = "Which children hardly go to school?"
unit = "percent"
better = "lower"
timing = "snapshot"
counts = "children"
children_of = "pupils with a social worker"
numerator = "Of them, missing half or more of their own possible sessions in the school year to then"
denominator = "Pupils aged 5 to 15 with a social worker at the month's end who had any possible sessions in the school year to then"
category = "Plan type"
definition = "DfE, outcomes for children in need, including children looked after: severe absentees miss 50% or more of their own possible sessions, authorised or not. Pupils aged 5 to 15 on 31 August before the school year, from 1 September to the month's end. Plan type at the month's end: in care, else on a protection plan, else in need, which is any other open referral."
caveats = "The school year to date: figures early in the year rest on few sessions. DfE's children in care are those looked after for 12 months or more at 31 March; here all in care at the month's end. A pupil's month with sessions not recorded, or more missed than possible, is left out. The first figure is of the first September the records hold. The team and worker are those allocated to the child at the month's end."
sources = ["attendance", "ssd_person", "ssd_cin_episodes", "ssd_cp_plans", "ssd_cla_episodes"]
control_chart = false
[benchmarks]
headline = "in need"
note = "DfE counts the whole school year, for pupils with the plan type at 31 March; in care is 12 months or more. No comparator for all together."
[benchmarks.file]
"in need" = "absence:severe_absence_in_need"
"protection" = "absence:severe_absence_protection"
"in care" = "absence:severe_absence_in_care"
---*/
select
    authority,
    period_end,
    team,
    worker,
    plan_type as category,
    cast(sum(case when missed * 2 >= possible then 1 else 0 end) as double) as numerator,
    cast(count(*) as double) as denominator
from absence_to_date
group by
    authority,
    period_end,
    team,
    worker,
    plan_type
