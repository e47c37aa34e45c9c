/*---
for_each = "reference"
title = "Rows of $table_name whose $column_name is not in $parent_name"
severity = "warning"
message = "names no row of $parent_name"
allowed = "a $parent_column_name of $parent_name"
advice = "The row is kept and counted, but what the other table would add (team, age, worker, referral day) is missing. See that both extracts cover the same years and use the same ids."
---*/
select
    checked._id,
    checked.$this_column as value
from $this_table as checked
where
    checked.$this_column is not null
    and not exists (
        select 1
        from $parent_table as parent
        where parent.$parent_column = checked.$this_column
    )
