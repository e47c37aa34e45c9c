/*---
description = """Who served in a month: one row per month end and worker of the workforce table, gone by the month's end or not, with the
worker's own team. For events in a month (supervision, courses, sickness); `workers` has only those in post at its end."""
sources = []
uses = ["months", "team_names"]
---*/
with

service as (
    select
        months.period_end,
        workforce.professional_id as worker,
        coalesce(team_names.team, workforce.team) as team,
        coalesce(workforce.social_worker_flag, 'N') = 'Y' as is_social_worker,
        coalesce(workforce.agency_flag, 'N') = 'Y' as is_agency,
        case when workforce.working_days_lost >= 0 then workforce.working_days_lost end as working_days_lost,
        row_number() over (
            partition by workforce.period_end, workforce.professional_id
            order by workforce.fte desc nulls last, workforce.team asc nulls last
        ) as choice
    from months
    inner join workforce
        on months.period_end = workforce.period_end
    left join team_names
        on workforce.team = team_names.team_id
    where workforce.professional_id is not null
)

select
    period_end,
    worker,
    team,
    is_social_worker,
    is_agency,
    working_days_lost
from service
where choice = 1
