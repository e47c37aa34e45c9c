/*---
description = """Who is in post: one row per month end and worker of the workforce table who has started and not left by then.
The team is the worker's own; who is not recorded as agency is in post, never both; full-time equivalent not recorded is 0."""
sources = []
uses = ["months", "team_names"]
---*/
with

in_post as (
    select
        months.period_end,
        workforce.professional_id as worker,
        coalesce(team_names.team, workforce.team) as team,
        coalesce(workforce.social_worker_flag, 'N') = 'Y' as is_social_worker,
        coalesce(workforce.agency_flag, 'N') = 'Y' as is_agency,
        case when workforce.fte > 0 then workforce.fte else 0 end as fte,
        workforce.start_date,
        row_number() over (
            partition by workforce.period_end, workforce.professional_id
            order by workforce.fte desc nulls last, workforce.team asc nulls last
        ) as choice
    from months
    inner join workforce
        on months.period_end = workforce.period_end
    left join team_names
        on workforce.team = team_names.team_id
    where
        workforce.professional_id is not null
        and (workforce.start_date is null or workforce.start_date <= months.period_end)
        and (workforce.end_date is null or workforce.end_date > months.period_end)
)

select
    period_end,
    worker,
    team,
    is_social_worker,
    is_agency,
    fte,
    start_date
from in_post
where choice = 1
