/*---
description = "One row per month, from the first the records are complete for to the edition's. Every KPI starts here."
sources = []
uses = []
---*/
with

month_starts as (
    select
        authority,
        last_day,
        cast(unnest(generate_series(date_trunc('month', first_day), last_day, interval 1 month)) as date) as month_start
    from council
)

select
    authority,
    month_start,
    last_day(month_start) as period_end
from month_starts
where last_day(month_start) <= last_day
order by period_end
