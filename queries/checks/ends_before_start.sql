/*---
for_each = "period"
title = "Rows of $table_name that end before they start"
severity = "error"
message = "is before $start_name"
allowed = "$start_name or later; empty while it goes on"
advice = "One of the two days is wrong. The row is kept out, since how long it lasted and whether it is open can't be known. Where nothing has ended leave the day empty; don't write 01/01/1900."
---*/
select
    _id,
    cast($this_column as varchar) as value
from $this_table
where $this_column < $start_column
