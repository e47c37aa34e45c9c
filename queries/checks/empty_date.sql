/*---
for_each = "date"
title = "Rows of $table_name without $column_name"
severity = "error"
message = "is empty: without it the row belongs to no month"
allowed = "a day in every row"
advice = "Record the day in your own system. Such rows are kept out: no indicator could count them."
---*/
select
    _id,
    cast($this_column as varchar) as value
from $this_table
where $this_column is null
