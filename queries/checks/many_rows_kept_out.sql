/*---
for_each = "table"
title = "So many rows of $table_name are wrong that its figures would be"
severity = "stop"
message = "rows are kept out by errors"
allowed = "one row in five at most"
advice = "Mend what the errors of this table say, most often one column that is filled in another way than expected, and build again."
[parameters]
most_share = 0.2
fewest_rows = 20
---*/
with

rows_there as (
    select count(*) as how_many
    from $this_table
),

rows_out as (
    select count(distinct row_id) as how_many
    from kept_out
    where table_name = $table_name and check_name <> 'repeated_key'
)

select
    cast(null as bigint) as _id,
    concat(format('{:,}', rows_out.how_many), ' of ', format('{:,}', rows_there.how_many)) as value
from rows_there
cross join rows_out
where
    rows_there.how_many >= $fewest_rows
    and rows_out.how_many > $most_share * rows_there.how_many
