/*---
title = "Required training attended"
question = "Do people come to the training they need?"
unit = "percent"
better = "higher"
timing = "flow"
counts = "workers"
numerator = "Of those, places attended"
denominator = "Places on courses held in the month that the worker was required to attend, cancelled ones left out"
category = "Course"
definition = "The council's own programme of training: each place booked for a worker who is required to attend, counted in the month of the course. A place whose outcome is not recorded counts as not attended; one recorded as cancelled is left out."
caveats = "Courses that the worker chose freely do not count. The team is the worker's own in the workforce table in that month; none where the worker is not in it."
sources = ["training"]
[benchmarks]
note = "No comparator: training is not published."
---*/
with

places as (
    select
        professional_id as worker,
        course,
        course_date,
        required_flag,
        coalesce(lower(outcome), '') as outcome,
        row_number() over (
            partition by training_id
            order by course_date asc, professional_id asc nulls last, outcome asc nulls last
        ) as choice
    from training
    where training_id is not null and course_date is not null
)

select
    months.authority,
    months.period_end,
    service_months.team,
    places.worker,
    places.course as category,
    cast(sum(case when places.outcome = 'attended' then 1 else 0 end) as double) as numerator,
    cast(count(*) as double) as denominator
from places
inner join months
    on last_day(places.course_date) = months.period_end
left join service_months
    on
        months.period_end = service_months.period_end
        and places.worker = service_months.worker
where
    places.choice = 1
    and upper(places.required_flag) in ('Y', 'YES')
    and places.outcome <> 'cancelled'
group by months.authority, months.period_end, service_months.team, places.worker, places.course
