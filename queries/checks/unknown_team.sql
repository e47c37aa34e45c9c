/*---
for_each = "team"
title = "Rows of $table_name whose $column_name is no team of ssd_department"
severity = "warning"
message = "is neither the id nor the name of a team"
allowed = "a dept_team_id or dept_team_name of ssd_department"
advice = "The row is shown under what is recorded. Add the team, with its service, to ssd_department, or mend its id."
---*/
select
    checked._id,
    checked.$this_column as value
from $this_table as checked
where
    checked.$this_column is not null
    and not exists (
        select 1
        from ssd_department as teams
        where teams.dept_team_id = checked.$this_column
    )
    and not exists (
        select 1
        from ssd_department as teams
        where teams.dept_team_name = checked.$this_column
    )
