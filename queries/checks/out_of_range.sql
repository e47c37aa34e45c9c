/*---
for_each = "range"
title = "Numbers in $column_name that can't be"
severity = "error"
message = "is not between $least and $most"
allowed = "$least to $most"
advice = "The row is kept out, since it would make every sum wrong. Mend the number, or leave it empty where it isn't known."
---*/
select
    _id,
    cast($this_column as varchar) as value
from $this_table
where $this_column < $least or $this_column > $most or isnan(cast($this_column as double))
