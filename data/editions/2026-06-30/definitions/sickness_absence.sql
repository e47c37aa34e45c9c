/*---
title = "Social workers' sickness absence"
question = "Is the workforce well?"
unit = "percent"
better = "lower"
timing = "snapshot"
counts = "workers"
numerator = "Working days that social workers lost to sickness in the last 12 months, agency workers left out"
denominator = "In-post full-time equivalent social workers × 253 working days (254 if the 12 months hold 29 February)"
definition = "DfE, children's social work workforce: days missed because of sickness absence in the year to 30 September, over in-post full-time equivalents × 253 or 254 working days. Here the 12 months to each month's end: days lost by everyone who served in them, those who have left too; agency workers in neither. Starts 12 months after the workforce records."
caveats = "Days are counted in the team the worker was in that month, full-time equivalents in the team at the month's end: a team that has closed adds its days to the service's figure and has none of its own. Nothing recorded for a worker counts as no day lost; a year with a month for which no worker has anything recorded has no figure. Shown by team, never for one worker."
sources = ["workforce"]
control_chart = false
[benchmarks]
file = "workforce:absence_rate"
lait = "Work_Force_SWAbsence"
note = "DfE counts the year to 30 September."
---*/
with

days_lost as (
    select
        period_end,
        team,
        sum(working_days_lost) as days_lost
    from service_months
    where is_social_worker and not is_agency and working_days_lost is not null
    group by period_end, team
),

recorded as (
    select distinct period_end
    from service_months
    where working_days_lost is not null
),

covered as (
    select
        source_months.period_end,
        last_day(source_months.period_end - interval 12 month) as year_before
    from source_months
    inner join recorded
        on
            source_months.period_end >= recorded.period_end
            and last_day(source_months.period_end - interval 12 month) < recorded.period_end
    where source_months.source = 'workforce' and source_months.months_covered >= 12
    group by source_months.period_end
    having count(*) = 12
),

parts as (
    select
        covered.period_end,
        days_lost.team,
        days_lost.days_lost,
        0 as in_post_fte
    from covered
    inner join days_lost
        on
            covered.period_end >= days_lost.period_end
            and covered.year_before < days_lost.period_end
    union all
    select
        covered.period_end,
        workers.team,
        0 as days_lost,
        workers.fte as in_post_fte
    from covered
    inner join workers
        on covered.period_end = workers.period_end
    where workers.is_social_worker and not workers.is_agency
),

by_team as (
    select
        period_end,
        team,
        sum(days_lost) as days_lost,
        sum(in_post_fte) as in_post_fte,
        sum(sum(in_post_fte)) over (partition by period_end) as service_fte
    from parts
    group by period_end, team
)

select
    council.authority,
    by_team.period_end,
    by_team.team,
    cast(null as varchar) as worker,
    cast(null as varchar) as category,
    cast(by_team.days_lost as double) as numerator,
    cast(
        by_team.in_post_fte * case when by_team.period_end - covered.year_before = 366 then 254 else 253 end as double
    ) as denominator
from by_team
inner join covered
    on by_team.period_end = covered.period_end
cross join council
where by_team.service_fte > 0 and (by_team.in_post_fte > 0 or by_team.days_lost > 0)
