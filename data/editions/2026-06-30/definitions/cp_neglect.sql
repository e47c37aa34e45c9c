/*---
title = "Protection plans for neglect"
question = "How much of our child protection work is about neglect?"
unit = "percent"
better = "neither"
timing = "snapshot"
counts = "children"
children_of = "children on a protection plan"
numerator = "Of them, those whose latest category is neglect, alone or among multiple categories"
denominator = "Children on a protection plan at the month's end"
definition = "Working Together to Safeguard Children and DfE's children in need census: the latest category of abuse of each protection plan open on the day. A plan of several categories counts where neglect is named among them. Plans of other councils are left out."
caveats = "Plans without a category stay in the denominator; a plan recorded only as multiple, without saying which, does not count as neglect. The team and worker are those allocated to the child at the month's end."
sources = ["ssd_cp_plans"]
[benchmarks]
note = "No comparator: plans with several categories are published apart."
---*/
select
    months.authority,
    months.period_end,
    allocation_months.team,
    allocation_months.worker,
    cast(null as varchar) as category,
    cast(
        sum(
            case
                when lower(protection_plans.latest_category) like '%neglect%' then 1
                when lower(protection_plans.latest_category) = 'neg' then 1
                else 0
            end
        ) as double
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
