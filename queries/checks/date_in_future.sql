/*---
for_each = "moment"
title = "Days in $column_name long after the edition's date"
severity = "error"
message = "is more than a year after the edition's date"
allowed = "a day that has been"
advice = "Most often a slip in the year. The row is kept out until it is mended."
[parameters]
longest_days = 366
---*/
select
    checked._id,
    cast(checked.$this_column as varchar) as value
from $this_table as checked
cross join edition
where cast(checked.$this_column as date) > edition.day + cast($longest_days as integer)
