/*---
description = """One row per calendar day from four years before the records begin to a year after they end.
working_day_number counts the working days up to and including the day, so that
number(d) - number(event) is how many working days d lies after the event, the event's own day being day 0.
Weekends and England's bank holidays do not count."""
sources = []
uses = []
---*/
with

days as (
    select
        cast(
            unnest(generate_series(first_day - interval 4 year, last_day + interval 1 year, interval 1 day)) as date
        ) as day
    from council
),

marked as (
    select
        days.day,
        case
            when isodow(days.day) >= 6 or bank_holidays.day is not null then 0
            else 1
        end as is_working_day
    from days
    left join bank_holidays
        on days.day = bank_holidays.day
)

select
    day,
    is_working_day,
    cast(sum(is_working_day) over (order by day rows unbounded preceding) as integer) as working_day_number
from marked
order by day
