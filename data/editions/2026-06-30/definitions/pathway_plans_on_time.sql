/*---
title = "Care leavers with an up-to-date pathway plan"
question = "Does every care leaver have a plan that is kept alive?"
unit = "percent"
better = "higher"
timing = "snapshot"
counts = "children"
children_of = "care leavers"
numerator = "Of them, those whose pathway plan started or was reviewed in the last 6 months"
denominator = "Relevant and former relevant care leavers aged 17 to 21 at the month's end, those who died or returned home left out"
category = "Age"
definition = "Care Leavers (England) Regulations 2010: a pathway plan is reviewed at least every six months. The date recorded is the plan's start or its latest review, whichever came last; on time when it is less than 6 calendar months before the month's end. Care leavers as in DfE's children looked after return: not in touch, refusing contact, no longer requiring services and nothing recorded stay in, and a plan without a date is not up to date."
caveats = "Young people without a date of birth are left out. Records that hold only the present give only the edition's own month. The team and worker are the care leaver's own; where none is recorded, those allocated at the month's end."
sources = ["ssd_care_leavers", "ssd_person"]
[benchmarks]
note = "No comparator: pathway plans are not published."
---*/
select
    authority,
    period_end,
    team,
    worker,
    age_group as category,
    cast(
        sum(case when plan_date <= period_end and plan_date > period_end - interval 6 month then 1 else 0 end) as double
    ) as numerator,
    cast(count(*) as double) as denominator
from care_leaver_months
group by
    authority,
    period_end,
    team,
    worker,
    age_group
