/*---
for_each = "past"
title = "Days in $column_name that are too long ago to be"
severity = "warning"
message = "is earlier than any record can be"
allowed = "a day in or after 1970"
advice = "A slip in the year, or a system that writes 01/01/1900 for a day it doesn't know: leave the cell empty."
[parameters]
first_day = "1970-01-01"
---*/
select
    _id,
    cast($this_column as varchar) as value
from $this_table
where cast($this_column as date) < cast($first_day as date)
