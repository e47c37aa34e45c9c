/*---
description = """One row per child and month end on an in-need plan (the latest start wins): the plan, its start, team and worker, and since when
the child has been on one without a break. A plan that starts by the day after another one ends goes on with it, as one written anew does."""
sources = []
uses = ["months", "team_names"]
---*/
with

recorded as (
    select
        cinp_person_id as person_id,
        cinp_cin_plan_start_date as start_date,
        max(coalesce(cinp_cin_plan_end_date, date '9999-12-30')) as end_date
    from ssd_cin_plans
    where
        cinp_person_id is not null
        and cinp_cin_plan_start_date is not null
        and (cinp_cin_plan_end_date is null or cinp_cin_plan_end_date > cinp_cin_plan_start_date)
    group by cinp_person_id, cinp_cin_plan_start_date
),

marked as (
    select
        person_id,
        start_date,
        max(end_date) over (
            partition by person_id
            order by start_date
            rows between unbounded preceding and 1 preceding
        ) as on_plan_until
    from recorded
),

beginnings as (
    select
        person_id,
        start_date
    from marked
    where on_plan_until is null or on_plan_until + 1 < start_date
),

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
    open_plans.period_end,
    open_plans.person_id,
    open_plans.plan_id,
    open_plans.start_date,
    open_plans.team,
    open_plans.worker,
    max(beginnings.start_date) as since
from open_plans
inner join beginnings
    on
        open_plans.person_id = beginnings.person_id
        and open_plans.start_date >= beginnings.start_date
where open_plans.choice = 1
group by
    open_plans.period_end,
    open_plans.person_id,
    open_plans.plan_id,
    open_plans.start_date,
    open_plans.team,
    open_plans.worker
