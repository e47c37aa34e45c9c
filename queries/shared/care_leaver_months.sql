/*---
description = """One row per care leaver (relevant or former relevant, aged 17 to 21) and month: the age group and what is recorded of the
young person. Those who died or returned home are left out; a row without as_at is of the edition's month. Team and worker are the care
leaver's own, else those who hold the case at the month's end."""
sources = []
uses = ["months", "team_names", "allocation_months"]
---*/
with

births as (
    select
        pers_person_id as person_id,
        min(pers_dob) as birth_date
    from ssd_person
    group by pers_person_id
),

recorded as (
    select
        leavers.clea_person_id as person_id,
        leavers.clea_care_leaver_eligibility as eligibility,
        leavers.clea_care_leaver_in_touch as in_touch,
        upper(leavers.clea_care_leaver_accommodation) as accommodation,
        leavers.clea_care_leaver_accom_suitable as suitable,
        upper(leavers.clea_care_leaver_activity) as activity,
        leavers.clea_pathway_plan_review_date as plan_date,
        coalesce(team_names.team, leavers.clea_care_leaver_allocated_team) as team,
        leavers.clea_care_leaver_worker_id as worker,
        coalesce(leavers.as_at, council.last_day) as period_end,
        row_number() over (
            partition by coalesce(leavers.as_at, council.last_day), leavers.clea_person_id
            order by leavers.clea_care_leaver_latest_contact desc nulls last, leavers.clea_table_id asc
        ) as choice
    from ssd_care_leavers as leavers
    cross join council
    left join team_names
        on leavers.clea_care_leaver_allocated_team = team_names.team_id
    where leavers.clea_person_id is not null
)

select
    months.authority,
    months.period_end,
    recorded.person_id,
    coalesce(recorded.team, allocation_months.team) as team,
    coalesce(recorded.worker, allocation_months.worker) as worker,
    case
        when births.birth_date > months.period_end - interval 19 year then '17–18'
        else '19–21'
    end as age_group,
    recorded.in_touch,
    recorded.accommodation,
    recorded.suitable,
    recorded.activity,
    recorded.plan_date
from recorded
inner join months
    on recorded.period_end = months.period_end
inner join births
    on recorded.person_id = births.person_id
left join allocation_months
    on
        recorded.period_end = allocation_months.period_end
        and recorded.person_id = allocation_months.person_id
where
    recorded.choice = 1
    and recorded.eligibility in ('Relevant', 'Former Relevant')
    and coalesce(recorded.in_touch, '') not in ('DIED', 'RHOM')
    and births.birth_date <= months.period_end - interval 17 year
    and births.birth_date > months.period_end - interval 22 year
