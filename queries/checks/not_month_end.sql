/*---
for_each = "month"
title = "Rows of $table_name whose $column_name is not the last day of a month"
severity = "error"
message = "is not the last day of a month"
allowed = "such as 2026-09-30"
advice = "Write the last day of the month that the row describes; a row of another day belongs to no month and is kept out."
---*/
select
    _id,
    cast($this_column as varchar) as value
from $this_table
where cast($this_column as date) <> last_day(cast($this_column as date))
