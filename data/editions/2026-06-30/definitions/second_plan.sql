/*---
title = "Children starting a second or later protection plan"
question = "When a protection plan ends, does the child stay safe?"
unit = "percent"
better = "lower"
timing = "flow"
counts = "children"
children_of = "children starting a protection plan"
numerator = "Of them, plans for a child who had an earlier protection plan, however long ago"
denominator = "Protection plans starting in the month"
definition = "DfE's children in need census: plans starting, and whether the child was on a plan that started before, at any time, here or in the count of previous plans where the census or Annex A gives one (previous_plans). Plans of other councils are left out."
caveats = "Without that count, earlier plans that the records do not hold are not known, so the first years read too low. The team and worker are those allocated to the child on the day the plan starts."
sources = ["ssd_cp_plans"]
[benchmarks]
file = "second_plans:second_plan"
lait = "PrevRegCPR"
note = "Published for the year to 31 March."
---*/
with

recorded as (
    select
        cppl_person_id as person_id,
        cppl_cp_plan_start_date as start_date,
        coalesce(previous_plans, 0) as previous_plans,
        row_number() over (partition by cppl_cp_plan_id order by cppl_cp_plan_start_date asc) as choice
    from ssd_cp_plans
    where
        cppl_cp_plan_id is not null
        and cppl_person_id is not null
        and cppl_cp_plan_start_date is not null
        and coalesce(cppl_cp_plan_ola, 'N') <> 'Y'
),

plans as (
    select
        person_id,
        start_date,
        previous_plans,
        min(start_date) over (partition by person_id) as first_start_date
    from recorded
    where choice = 1
)

select
    months.authority,
    months.period_end,
    allocations.team,
    allocations.worker,
    cast(null as varchar) as category,
    list(plans.person_id) filter (
        where plans.first_start_date < plans.start_date or plans.previous_plans > 0
    ) as children,
    list(plans.person_id) filter (
        where (plans.first_start_date < plans.start_date or plans.previous_plans > 0) is not true
    ) as other_children,
    cast(
        sum(case when plans.first_start_date < plans.start_date or plans.previous_plans > 0 then 1 else 0 end) as double
    ) as numerator,
    cast(count(*) as double) as denominator
from plans
inner join months
    on last_day(plans.start_date) = months.period_end
left join allocations
    on
        plans.person_id = allocations.person_id
        and plans.start_date >= allocations.start_date
        and (allocations.end_date is null or plans.start_date < allocations.end_date)
group by months.authority, months.period_end, allocations.team, allocations.worker
