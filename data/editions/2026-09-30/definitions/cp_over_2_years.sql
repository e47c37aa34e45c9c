/*---
title = "Child protection plans open for two years or more"
question = "Do protection plans change things for children?"
unit = "percent"
better = "lower"
timing = "snapshot"
counts = "children"
children_of = "children on a protection plan"
numerator = "Of them, open for 730 days or more"
denominator = "Children on a child protection plan"
definition = "DfE, children in need census: children on a child protection plan continuously for two years or longer (more than 729 days), at 31 March; own figures at each month's end. Plans of other councils are left out."
caveats = "A plan is as old as its recorded start. The team and worker are those allocated to the child at the month's end."
sources = ["ssd_cp_plans"]
[benchmarks]
file = "plan_duration:two_years"
lait = "CPPlans2yrsActive"
note = "Published for 31 March. Small numbers are often suppressed."
---*/
select
    months.authority,
    months.period_end,
    allocation_months.team,
    allocation_months.worker,
    cast(null as varchar) as category,
    cast(
        sum(case when months.period_end - protection_plans.start_date >= 730 then 1 else 0 end) as double
    ) as numerator,
    cast(count(*) as double) as denominator
from protection_plans
inner join months
    on protection_plans.period_end = months.period_end
inner join coverage
    on
        coverage.source = 'ssd_cp_plans'
        and months.period_end >= coverage.first_period_end
left join allocation_months
    on
        protection_plans.period_end = allocation_months.period_end
        and protection_plans.person_id = allocation_months.person_id
group by months.authority, months.period_end, allocation_months.team, allocation_months.worker
