/*---
for_each = "keys"
title = "Rows of $table_name whose $column_name is there already"
severity = "error"
message = "is the key of an earlier row too; the first is kept"
allowed = "each key once"
advice = "Often two extracts overlap, or a join repeats a row. The first row is kept and the others are left out, so nothing is counted twice; see that the first is the right one."
---*/
with

repeated as (
    select $key_columns
    from $this_table
    group by $key_columns
    having count(*) > 1
),

candidates as (
    select
        checked._id,
        concat_ws(', ', $key_columns) as value,
        row_number() over (partition by $key_columns order by checked._id) as place
    from $this_table as checked
    where
        ($key_columns) in (select ($key_columns) from repeated)
        and not exists (
            select 1
            from kept_out
            where kept_out.table_name = $table_name and kept_out.row_id = checked._id
        )
)

select
    _id,
    value
from candidates
where place > 1
