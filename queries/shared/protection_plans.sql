/*---
description = "One row per child and month end on a protection plan of this council (the latest start wins): the plan, its start and latest category."
sources = []
uses = ["months"]
---*/
with

open_plans as (
    select
        months.period_end,
        plans.cppl_person_id as person_id,
        plans.cppl_cp_plan_id as plan_id,
        plans.cppl_cp_plan_start_date as start_date,
        plans.cppl_cp_plan_latest_category as latest_category,
        row_number() over (
            partition by months.period_end, plans.cppl_person_id
            order by plans.cppl_cp_plan_start_date desc, plans.cppl_cp_plan_id asc
        ) as choice
    from months
    inner join ssd_cp_plans as plans
        on
            months.period_end >= plans.cppl_cp_plan_start_date
            and (plans.cppl_cp_plan_end_date is null or months.period_end < plans.cppl_cp_plan_end_date)
    where plans.cppl_person_id is not null and coalesce(plans.cppl_cp_plan_ola, 'N') <> 'Y'
)

select
    period_end,
    person_id,
    plan_id,
    start_date,
    latest_category
from open_plans
where choice = 1
