/*---
description = """One row per supplied table and month end from which it can be trusted: how long its records had then run, in calendar
months, days and working days after the first day of its first month. A KPI that looks back n of them starts at n."""
sources = []
uses = ["months", "working_days"]
---*/
with

starts as (
    select
        source,
        first_period_end,
        cast(date_trunc('month', first_period_end) as date) as start_date
    from coverage
)

select
    starts.source,
    months.period_end,
    (year(months.period_end) - year(starts.start_date)) * 12
    + month(months.period_end) - month(starts.start_date) as months_covered,
    months.period_end - starts.start_date as days_covered,
    ended.working_day_number - started.working_day_number as working_days_covered,
    ended.working_day_number
from starts
inner join months
    on starts.first_period_end <= months.period_end
inner join working_days as started
    on starts.start_date = started.day
inner join working_days as ended
    on months.period_end = ended.day
