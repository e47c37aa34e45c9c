/*---
for_each = "order"
title = "$order_title"
severity = "warning"
message = "$order_message"
allowed = "$earlier_name or later"
advice = "The row is kept. One of the two days, or the link between the rows, is wrong: mend it in your own system."
---*/
select
    checked._id,
    cast(checked.$this_column as varchar) as value
from $this_table as checked
where
    exists (
        select 1
        from $other_table as other
        where
            other.$other_key = checked.$link
            and cast(checked.$this_column as date) < cast(other.$earlier_column as date)
    )
