/*---
for_each = "overlap"
title = "$overlap_title"
severity = "warning"
message = "is before another one of the same person has ended"
allowed = "one after another: the day the other ended, or later"
advice = "Both rows are kept. A month-end figure counts the person once, by the latest start; what starts and ends is counted for each. Close the earlier one."
---*/
with

spans as (
    select
        _id,
        $start_column as start_of,
        max(coalesce($end_column, date '9999-12-31')) over (
            partition by $partition_columns
            order by $start_column, $end_column, _id
            rows between unbounded preceding and 1 preceding
        ) as open_until
    from $this_table
    where
        $person_column is not null
        and $start_column is not null
        and ($end_column is null or $end_column > $start_column)
)

select
    _id,
    cast(start_of as varchar) as value
from spans
where start_of < open_until
