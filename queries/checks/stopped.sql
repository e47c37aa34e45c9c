/*---
for_each = "recording"
title = "No $table_words in the last ten days of the latest month"
severity = "warning"
doubt = true
message = "no row in the last days of the latest month, though every month of the year before had some: the extract was made before the month ended"
allowed = "rows up to the edition's date"
advice = "Extract again, up to the edition's date. Until then the latest month of every indicator of this table holds a part of the month only."
[parameters]
last_days = 10
fewest_rows = 240
---*/
with

dated as (
    select
        edition.latest_month,
        cast(checked.$dated_by as date) as day
    from $this_table as checked
    cross join edition
    where
        checked.$dated_by >= edition.latest_month - interval 12 month
        and checked.$dated_by < edition.latest_month + interval 1 month
),

judged as (
    select
        max(latest_month) as latest_month,
        max(day) filter (day >= latest_month) as last_seen,
        count(distinct last_day(day)) filter (
            day < latest_month and day > last_day(day) - cast($last_days as integer)
        ) as months_to_their_end,
        count(*) as rows_of_year
    from dated
)

select
    cast(null as bigint) as _id,
    concat('the last in ', strftime(latest_month, '%B %Y'), ' of ', strftime(last_seen, '%d %B')) as value
from judged
where
    last_seen <= last_day(latest_month) - cast($last_days as integer)
    and months_to_their_end = 12
    and rows_of_year >= $fewest_rows
