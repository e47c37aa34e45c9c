/*---
description = """One row per child and month end in care: open episodes, short-break series (legal status V3, V4) left out."""
sources = []
uses = ["months"]
---*/
select distinct
    months.period_end,
    episodes.clae_person_id as person_id
from months
inner join ssd_cla_episodes as episodes
    on
        months.period_end >= episodes.clae_cla_episode_start_date
        and (
            episodes.clae_cla_episode_ceased_date is null
            or months.period_end < episodes.clae_cla_episode_ceased_date
        )
where
    episodes.clae_person_id is not null
    and not exists (
        select 1
        from ssd_legal_status as statuses
        where
            statuses.lega_person_id = episodes.clae_person_id
            and statuses.lega_legal_status in ('V3', 'V4')
            and statuses.lega_legal_status_start_date <= months.period_end
            and (
                statuses.lega_legal_status_end_date is null
                or statuses.lega_legal_status_end_date > months.period_end
            )
    )
