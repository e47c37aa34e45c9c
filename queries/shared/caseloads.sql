/*---
description = """One row per month end, social worker and plan type with cases: cases held, and the worker's whole full-time equivalent and
all their cases beside it. Social workers in post with FTE above 0 and one case or more, agency workers too; the team is the worker's own."""
sources = []
uses = ["allocation_months", "plan_types", "workers"]
---*/
with

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
    workers.team,
    cases.plan_type,
    cases.cases,
    workers.fte,
    sum(cases.cases) over (partition by cases.period_end, cases.worker) as worker_cases
from cases
inner join workers
    on
        cases.period_end = workers.period_end
        and cases.worker = workers.worker
where workers.is_social_worker and workers.fte > 0
