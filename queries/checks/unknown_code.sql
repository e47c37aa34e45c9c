/*---
for_each = "code"
title = "Codes in $column_name that no list has"
severity = "warning"
message = "is not a code of this column"
allowed = "$allowed_text"
advice = "The row is kept, but an indicator that asks for one of the codes doesn't find it here. Write the code as the list does, or map it in the extract."
---*/
select
    _id,
    $this_column as value
from $this_table
where
    trim($this_column) <> ''
    and not list_contains($codes, trim(split_part($this_column, ':', 1)))
