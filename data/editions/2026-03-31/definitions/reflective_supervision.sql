/*---
title = "Supervision that is reflective"
question = "Does supervision make people think about the child, not only about tasks?"
unit = "percent"
better = "higher"
timing = "flow"
counts = "workers"
numerator = "Of those, sessions recorded as reflective"
denominator = "Supervision sessions held in the month"
definition = "Post-qualifying standards for practice supervisors (Department for Education) ask for supervision that is reflective. Sessions count in the month in which they were held, whoever was supervised; one not recorded as reflective counts as not reflective."
caveats = "The team is the worker's own in the workforce table in that month; none where the worker is not in it."
sources = ["supervision"]
[benchmarks]
note = "No comparator: supervision is not published."
---*/
with

sessions as (
    select
        professional_id as worker,
        supervision_date,
        reflective_flag,
        row_number() over (
            partition by supervision_id
            order by supervision_date asc, professional_id asc nulls last, reflective_flag desc nulls last
        ) as choice
    from supervision
    where supervision_id is not null and supervision_date is not null
)

select
    months.authority,
    months.period_end,
    service_months.team,
    sessions.worker,
    cast(null as varchar) as category,
    cast(sum(case when upper(sessions.reflective_flag) in ('Y', 'YES') then 1 else 0 end) as double) as numerator,
    cast(count(*) as double) as denominator
from sessions
inner join months
    on last_day(sessions.supervision_date) = months.period_end
left join service_months
    on
        months.period_end = service_months.period_end
        and sessions.worker = service_months.worker
where sessions.choice = 1
group by months.authority, months.period_end, service_months.team, sessions.worker
