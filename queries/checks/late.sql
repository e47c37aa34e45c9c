/*---
for_each = "volume"
title = "No $table_words in the latest month"
severity = "warning"
doubt = true
message = "no row in the latest month, though every month of the year before had some: the extract is late"
allowed = "rows of the edition's month"
advice = "Extract again, up to the edition's date. Until then the latest month of every indicator of this table is missing or too low."
[parameters]
fewest_rows = 60
---*/
with

judged as (
    select
        max(edition.latest_month) as latest_month,
        count(*) filter (checked.$dated_by >= edition.latest_month) as newest,
        count(distinct date_trunc('month', checked.$dated_by)) filter (
            checked.$dated_by < edition.latest_month
        ) as months_with_rows,
        count(*) as rows_of_year,
        max(checked.$dated_by) filter (checked.$dated_by < edition.latest_month) as last_seen
    from $this_table as checked
    cross join edition
    where
        checked.$dated_by >= edition.latest_month - interval 12 month
        and checked.$dated_by < edition.latest_month + interval 1 month
)

select
    cast(null as bigint) as _id,
    concat('none in ', strftime(latest_month, '%B %Y'), ', the last of ', strftime(last_seen, '%d %B %Y')) as value
from judged
where
    newest = 0
    and months_with_rows = 12
    and rows_of_year >= $fewest_rows
