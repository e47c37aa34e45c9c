/*---
description = """One row per month end, social worker and plan type with cases: cases held, and the worker's whole full-time equivalent and
all their cases beside it. Social workers with FTE above 0 and one case or more, agency workers too; the team is the worker's own."""
sources = []
uses = ["allocation_months", "plan_types", "team_names"]
---*/
with

social_workers as (
    select
        workforce.period_end,
        workforce.professional_id as worker,
        coalesce(team_names.team, workforce.team) as team,
        workforce.fte
    from workforce
    left join team_names
        on workforce.team = team_names.team_id
    where workforce.social_worker_flag = 'Y' and workforce.fte > 0
),

cases as (
    select
        allocation_months.period_end,
        allocation_months.worker,
        coalesce(plan_types.plan_type, 'other') as plan_type,
        count(*) as cases
    from allocation_months
    left join plan_types
        on
            allocation_months.period_end = plan_types.period_end
            and allocation_months.person_id = plan_types.person_id
    group by allocation_months.period_end, allocation_months.worker, coalesce(plan_types.plan_type, 'other')
)

select
    cases.period_end,
    cases.worker,
    social_workers.team,
    cases.plan_type,
    cases.cases,
    social_workers.fte,
    sum(cases.cases) over (partition by cases.period_end, cases.worker) as worker_cases
from cases
inner join social_workers
    on
        cases.period_end = social_workers.period_end
        and cases.worker = social_workers.worker
