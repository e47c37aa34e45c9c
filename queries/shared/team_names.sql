/*---
description = "One row per team: its id, its name, and the service above it. Join on the id; a team without a row keeps what was recorded."
sources = []
uses = []
---*/
select
    dept_team_id as team_id,
    min(dept_team_name) as team,
    min(dept_team_parent_name) as service
from ssd_department
where dept_team_id is not null and dept_team_name is not null
group by dept_team_id
order by team_id
