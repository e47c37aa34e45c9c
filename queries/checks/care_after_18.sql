/*---
title = "Care episodes open after the 18th birthday"
severity = "warning"
table = "ssd_cla_episodes"
column = "clae_cla_episode_ceased_date"
message = "is empty, though the child has been 18 for more than a month"
allowed = "care ends on the 18th birthday at the latest"
advice = "The young person still counts as in care. End the episode on the day it ended, or mend the date of birth."
---*/
select
    ssd_cla_episodes._id,
    cast(ssd_cla_episodes.clae_cla_episode_ceased_date as varchar) as value
from ssd_cla_episodes
cross join edition
where
    ssd_cla_episodes.clae_cla_episode_ceased_date is null
    and exists (
        select 1
        from ssd_person
        where
            ssd_person.pers_person_id = ssd_cla_episodes.clae_person_id
            and ssd_person.pers_dob + interval 18 year + interval 1 month < edition.day
    )
