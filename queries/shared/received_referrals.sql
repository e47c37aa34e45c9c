/*---
description = """One row per referral received by the edition date, in the month in which it was received, whatever came of it.
Team and worker are the referral's own, else those who held the child's case that day. previous_date is the child's last referral on
an earlier day, however long ago."""
sources = []
uses = ["months", "team_names", "allocations", "source_groups"]
---*/
with

referrals as (
    select
        cine_referral_id as referral_id,
        cine_person_id as person_id,
        cine_referral_date as referral_date,
        cine_referral_source_code as source_code,
        cine_referral_team as team_id,
        cine_referral_worker_id as worker,
        row_number() over (
            partition by cine_referral_id
            order by cine_referral_date asc nulls last, cine_person_id asc nulls last
        ) as choice
    from ssd_cin_episodes
    where cine_referral_id is not null
),

days as (
    select distinct
        person_id,
        referral_date
    from referrals
    where choice = 1 and person_id is not null and referral_date is not null
),

earlier as (
    select
        person_id,
        referral_date,
        lag(referral_date) over (partition by person_id order by referral_date) as previous_date
    from days
)

select
    months.authority,
    months.period_end,
    referrals.referral_id,
    referrals.person_id,
    referrals.referral_date,
    earlier.previous_date,
    coalesce(source_groups.source_group, 'unknown') as source_group,
    coalesce(team_names.team, referrals.team_id, allocations.team) as team,
    coalesce(referrals.worker, allocations.worker) as worker
from referrals
inner join months
    on referrals.referral_date between months.month_start and months.period_end
left join earlier
    on
        referrals.person_id = earlier.person_id
        and referrals.referral_date = earlier.referral_date
left join source_groups
    on referrals.source_code = source_groups.code
left join team_names
    on referrals.team_id = team_names.team_id
left join allocations
    on
        referrals.person_id = allocations.person_id
        and referrals.referral_date >= allocations.start_date
        and (allocations.end_date is null or referrals.referral_date < allocations.end_date)
where referrals.choice = 1
