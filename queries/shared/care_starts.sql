/*---
description = """Since when each child has been in care without a break: one row per child and month end in care. An episode that starts on
the day another ends goes on; a series of short breaks (legal status V3, V4) is no care, so care starts when it ends."""
sources = []
uses = ["in_care"]
---*/
with

episodes as (
    select
        clae_person_id as person_id,
        clae_cla_episode_start_date as start_date,
        max(coalesce(clae_cla_episode_ceased_date, date '9999-12-31')) as end_date
    from ssd_cla_episodes
    where clae_person_id is not null and clae_cla_episode_start_date is not null
    group by clae_person_id, clae_cla_episode_start_date
),

marked as (
    select
        person_id,
        start_date,
        max(end_date) over (
            partition by person_id
            order by start_date
            rows between unbounded preceding and 1 preceding
        ) as in_care_until
    from episodes
),

starts as (
    select
        person_id,
        start_date
    from marked
    where in_care_until is null or in_care_until < start_date
    union all
    select
        lega_person_id as person_id,
        lega_legal_status_end_date as start_date
    from ssd_legal_status
    where
        lega_legal_status in ('V3', 'V4')
        and lega_legal_status_end_date > lega_legal_status_start_date
)

select
    in_care.period_end,
    in_care.person_id,
    max(starts.start_date) as start_date
from in_care
inner join starts
    on
        in_care.person_id = starts.person_id
        and in_care.period_end >= starts.start_date
group by in_care.period_end, in_care.person_id
