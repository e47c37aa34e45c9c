/*---
for_each = "birth"
title = "Rows of $table_name before the child was born"
severity = "warning"
message = "is too long before the child's date of birth"
allowed = "the day of birth or later; up to $days_before days before it"
advice = "The row is kept. The child's date of birth or the day of the event is wrong, or the row belongs to another child."
---*/
select
    checked._id,
    cast(checked.$this_column as varchar) as value
from $this_table as checked
where
    exists (
        select 1
        from ssd_person as children
        where
            children.pers_person_id = checked.$person_column
            and cast(checked.$this_column as date) < children.pers_dob - cast($days_before as integer)
    )
