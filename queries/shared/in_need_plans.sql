/*---
description = "One row per child and month end on an in-need plan (the latest start wins): the plan, its start, team and worker."
sources = []
uses = ["months", "team_names"]
---*/
with

open_plans as (
    select
        months.period_end,
        plans.cinp_person_id as person_id,
        plans.cinp_cin_plan_id as plan_id,
        plans.cinp_cin_plan_start_date as start_date,
        coalesce(team_names.team, plans.cinp_cin_plan_team) as team,
        plans.cinp_cin_plan_worker_id as worker,
        row_number() over (
            partition by months.period_end, plans.cinp_person_id
            order by plans.cinp_cin_plan_start_date desc, plans.cinp_cin_plan_id asc
        ) as choice
    from months
    inner join ssd_cin_plans as plans
        on
            months.period_end >= plans.cinp_cin_plan_start_date
            and (plans.cinp_cin_plan_end_date is null or months.period_end < plans.cinp_cin_plan_end_date)
    left join team_names
        on plans.cinp_cin_plan_team = team_names.team_id
    where plans.cinp_person_id is not null
)

select
    period_end,
    person_id,
    plan_id,
    start_date,
    team,
    worker
from open_plans
where choice = 1
