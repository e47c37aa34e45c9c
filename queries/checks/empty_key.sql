/*---
for_each = "key"
title = "Rows of $table_name without $column_name"
severity = "error"
message = "is empty, and no row counts without it"
allowed = "a value in every row"
advice = "Find the row in your own system by its line in the file. Such rows are kept out, since they can't be told from one another."
---*/
select
    _id,
    cast($this_column as varchar) as value
from $this_table
where $this_column is null or trim(cast($this_column as varchar)) = ''
