/*---
for_each = "death"
title = "Rows of $table_name after the child died"
severity = "warning"
message = "is after the day the child died"
allowed = "the day of death or earlier"
advice = "The row is kept. The day of death or of the event is wrong, or the row belongs to another child. Handle with care: see the child's record before you ask anyone."
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
            and cast(checked.$this_column as date) > children.pers_death_date
    )
