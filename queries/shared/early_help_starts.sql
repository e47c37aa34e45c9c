/*---
description = """One row per early help episode started by the edition date, in the month in which it started, with the kind of organisation that
leads it as the council's list has it (null: no organisation recorded, or not in the list). The worker is the episode's own, else the
one who held the child's case that day, as for the team."""
sources = []
uses = ["months", "allocations"]
---*/
with

kinds as (
    select
        organisation,
        min(kind) as kind
    from organisations
    where organisation is not null
    group by organisation
),

episodes as (
    select
        earl_person_id as person_id,
        earl_episode_start_date as start_date,
        earl_episode_organisation as organisation,
        earl_episode_worker_id as worker,
        row_number() over (
            partition by earl_episode_id
            order by earl_episode_start_date asc, earl_episode_organisation asc nulls last
        ) as choice
    from ssd_early_help_episodes
    where earl_episode_id is not null and earl_episode_start_date is not null
)

select
    months.authority,
    months.period_end,
    episodes.person_id,
    allocations.team,
    coalesce(episodes.worker, allocations.worker) as worker,
    kinds.kind
from episodes
inner join months
    on episodes.start_date between months.month_start and months.period_end
left join kinds
    on episodes.organisation = kinds.organisation
left join allocations
    on
        episodes.person_id = allocations.person_id
        and episodes.start_date >= allocations.start_date
        and (allocations.end_date is null or episodes.start_date < allocations.end_date)
where episodes.choice = 1
