/*---
title = "Supervision in the last 30 days"
question = "Are those who hold cases supervised often enough?"
unit = "percent"
better = "higher"
timing = "snapshot"
counts = "workers"
numerator = "Of those, workers supervised in the last 30 days"
denominator = "Workers with a case at the month's end who have been in post 30 days or more"
definition = "Workers who hold one case or more at the month's end (social workers or not, agency workers too) and started 30 days before it or earlier; on time when a supervision session was held in the last 30 days. Councils set how often: limit_days in the plan changes the 30 days, both of the session and in post. Starts that many days after the supervision records."
caveats = "A worker whose start in the council is not recorded is left out. A worker's team is the one in the workforce table."
sources = ["supervision", "workforce", "ssd_involvements"]
[parameters]
limit_days = 30
[benchmarks]
note = "No comparator: supervision is not published."
---*/
with

covered as (
    select period_end
    from source_months
    where source = 'supervision' and days_covered >= $limit_days
),

holders as (
    select distinct
        period_end,
        worker
    from allocation_months
),

due as (
    select
        workers.period_end,
        workers.team,
        workers.worker
    from workers
    inner join covered
        on workers.period_end = covered.period_end
    inner join holders
        on
            workers.period_end = holders.period_end
            and workers.worker = holders.worker
    where workers.start_date <= workers.period_end - $limit_days * interval 1 day
),

supervised as (
    select distinct
        due.period_end,
        due.worker
    from due
    inner join supervision
        on
            due.worker = supervision.professional_id
            and due.period_end >= supervision.supervision_date
            and due.period_end - $limit_days * interval 1 day < supervision.supervision_date
)

select
    council.authority,
    due.period_end,
    due.team,
    due.worker,
    cast(null as varchar) as category,
    cast(case when supervised.worker is null then 0 else 1 end as double) as numerator,
    cast(1 as double) as denominator
from due
cross join council
left join supervised
    on
        due.period_end = supervised.period_end
        and due.worker = supervised.worker
