/*---
title = "Children with three or more social workers in a year"
question = "Do children keep their social worker?"
unit = "percent"
better = "lower"
timing = "snapshot"
counts = "children"
children_of = "children with an allocated worker"
numerator = "Of them, with 3 or more different allocated social workers in the last 12 months"
denominator = "Children with an allocated social worker"
category = "Plan type"
definition = "DfE, stability measures for children looked after (official statistics in development): unique social workers between 1 April and 31 March, for children in care at 31 March. Own figures: the 12 months to each month's end, for every child with an allocated worker, by plan type at the month's end. At any time a child has one allocated worker, the one allocated last; those whose allocation was open when the 12 months began or started in them count, each once however often they came back. Starts 12 months after the allocation records."
caveats = "Whoever is recorded in the allocated role counts as a social worker, personal advisers of care leavers too. A spell without a named worker adds none. The team and worker are those allocated to the child at the month's end."
sources = ["ssd_involvements"]
control_chart = false
[benchmarks]
headline = "in care"
note = "Published for children in care only, from 2024."
[benchmarks.file]
"in care" = "social_worker_stability:three_or_more"
[benchmarks.lait]
"in care" = "Stability_SocialWorker"
---*/
with

covered as (
    select period_end
    from source_months
    where source = 'ssd_involvements' and months_covered >= 12
),

held as (
    select distinct
        covered.period_end,
        allocations.person_id,
        allocations.worker
    from covered
    inner join allocations
        on
            covered.period_end >= allocations.start_date
            and (
                allocations.end_date is null
                or covered.period_end - interval 12 month < allocations.end_date
            )
    where allocations.worker is not null
),

changed as (
    select
        period_end,
        person_id
    from held
    group by period_end, person_id
    having count(*) >= 3
)

select
    months.authority,
    months.period_end,
    allocation_months.team,
    allocation_months.worker,
    coalesce(plan_types.plan_type, 'other') as category,
    cast(sum(case when changed.person_id is null then 0 else 1 end) as double) as numerator,
    cast(count(*) as double) as denominator
from allocation_months
inner join covered
    on allocation_months.period_end = covered.period_end
inner join months
    on allocation_months.period_end = months.period_end
left join changed
    on
        allocation_months.period_end = changed.period_end
        and allocation_months.person_id = changed.person_id
left join plan_types
    on
        allocation_months.period_end = plan_types.period_end
        and allocation_months.person_id = plan_types.person_id
group by
    months.authority,
    months.period_end,
    allocation_months.team,
    allocation_months.worker,
    coalesce(plan_types.plan_type, 'other')
