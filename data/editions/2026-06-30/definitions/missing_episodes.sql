/*---
title = "Missing episodes"
question = "How often do children go missing, from care and from home?"
unit = "count"
better = "neither"
timing = "flow"
counts = "children"
children_of = "children missing"
numerator = "Missing episodes started in the month"
category = "From care or from home"
definition = "Statutory guidance on children who run away or go missing from home or care (2014): episodes of type missing, by the day they started. From care where the child was looked after on that day (not in a series of short breaks), else from home. Away from placement without authorisation is left out."
caveats = "A child who goes missing several times is counted each time. The team and worker are those allocated to the child on the day the episode started."
sources = ["ssd_missing", "ssd_cla_episodes"]
[benchmarks]
note = "No comparator: what is published is the yearly share of children in care who were missing."
---*/
with

recorded as (
    select
        miss_person_id as person_id,
        cast(miss_missing_episode_start_date as date) as start_day,
        row_number() over (partition by miss_table_id order by miss_missing_episode_start_date asc) as choice
    from ssd_missing
    where
        miss_table_id is not null
        and miss_missing_episode_start_date is not null
        and lower(miss_missing_episode_type) in ('missing', 'm')
),

episodes as (
    select
        person_id,
        start_day
    from recorded
    where choice = 1
),

days_in_care as (
    select distinct
        episodes.person_id,
        episodes.start_day
    from episodes
    inner join ssd_cla_episodes as care_episodes
        on
            episodes.person_id = care_episodes.clae_person_id
            and episodes.start_day >= care_episodes.clae_cla_episode_start_date
            and (
                care_episodes.clae_cla_episode_ceased_date is null
                or episodes.start_day < care_episodes.clae_cla_episode_ceased_date
            )
    where not exists (
        select 1
        from ssd_legal_status as statuses
        where
            statuses.lega_person_id = episodes.person_id
            and statuses.lega_legal_status in ('V3', 'V4')
            and statuses.lega_legal_status_start_date <= episodes.start_day
            and (
                statuses.lega_legal_status_end_date is null
                or statuses.lega_legal_status_end_date > episodes.start_day
            )
    )
),

placed as (
    select
        episodes.person_id,
        episodes.start_day,
        case
            when episodes.person_id is null then null
            when days_in_care.person_id is null then 'from home'
            else 'from care'
        end as category
    from episodes
    left join days_in_care
        on
            episodes.person_id = days_in_care.person_id
            and episodes.start_day = days_in_care.start_day
)

select
    months.authority,
    months.period_end,
    allocations.team,
    allocations.worker,
    placed.category,
    list(placed.person_id) as children,
    cast(count(*) as double) as numerator,
    cast(null as double) as denominator
from placed
inner join months
    on last_day(placed.start_day) = months.period_end
left join allocations
    on
        placed.person_id = allocations.person_id
        and placed.start_day >= allocations.start_date
        and (allocations.end_date is null or placed.start_day < allocations.end_date)
group by months.authority, months.period_end, allocations.team, allocations.worker, placed.category
