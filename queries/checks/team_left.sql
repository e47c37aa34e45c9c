/*---
for_each = "dated_team"
title = "Rows of $table_name for a team that was no longer there"
severity = "warning"
message = "is a team that had no worker any more on that day"
allowed = "a team of that month"
advice = "A team that closed still has work recorded under its name. Move it to the team that took it over, or supply the workforce of the later months."
---*/
with

last_months as (
    select
        team,
        max(period_end) as last_day
    from workforce
    where team is not null
    group by team
    having max(period_end) < (select max(recorded.period_end) from workforce as recorded)
),

ended as (
    select
        team,
        last_day
    from last_months
    union
    select
        ssd_department.dept_team_id as team,
        last_months.last_day
    from last_months
    inner join ssd_department
        on last_months.team = ssd_department.dept_team_name
    union
    select
        ssd_department.dept_team_name as team,
        last_months.last_day
    from last_months
    inner join ssd_department
        on last_months.team = ssd_department.dept_team_id
)

select
    checked._id,
    checked.$this_column as value
from $this_table as checked
inner join ended
    on checked.$this_column = ended.team
where cast(checked.$dated_by as date) > ended.last_day
