/*---
for_each = "end"
title = "Ends in $column_name long after the edition's date"
severity = "warning"
message = "is more than a year after the edition's date, so the row counts as still open"
allowed = "a day that has been; empty while it goes on"
advice = "Where a system writes a day far off for what has not ended, nothing is wrong. Else it is a slip in the year."
[parameters]
longest_days = 366
---*/
select
    checked._id,
    cast(checked.$this_column as varchar) as value
from $this_table as checked
cross join edition
where cast(checked.$this_column as date) > edition.day + cast($longest_days as integer)
