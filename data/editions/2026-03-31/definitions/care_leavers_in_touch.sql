/*---
title = "Care leavers the council is in touch with"
question = "Does the council know how its care leavers are?"
unit = "percent"
better = "higher"
timing = "snapshot"
counts = "children"
children_of = "care leavers"
numerator = "Of them, those recorded as in touch"
denominator = "Relevant and former relevant care leavers aged 17 to 21 at the month's end"
category = "Age"
definition = "Children (Leaving Care) Act 2000 and the care leavers section (OC3) of DfE's children looked after return: relevant or former relevant young people aged 17 to 21. Those who died or returned home to a parent for six months or more are left out; not in touch, refusing contact, no longer requiring services and nothing recorded all count as not in touch."
caveats = "DfE counts around each birthday, this counts at each month's end. Young people without a date of birth are left out. Records that hold only the present give only the edition's own month. The team and worker are the care leaver's own; where none is recorded, those allocated at the month's end."
sources = ["ssd_care_leavers", "ssd_person"]
[benchmarks]
note = "No comparator: the published share not in touch leaves out other groups, so it is not 100 less this figure."
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
        care_leavers.clea_person_id as person_id,
        care_leavers.clea_care_leaver_eligibility as eligibility,
        care_leavers.clea_care_leaver_in_touch as in_touch,
        coalesce(team_names.team, care_leavers.clea_care_leaver_allocated_team) as team,
        care_leavers.clea_care_leaver_worker_id as worker,
        coalesce(care_leavers.as_at, council.last_day) as period_end,
        row_number() over (
            partition by coalesce(care_leavers.as_at, council.last_day), care_leavers.clea_person_id
            order by care_leavers.clea_care_leaver_latest_contact desc nulls last, care_leavers.clea_table_id asc
        ) as choice
    from ssd_care_leavers as care_leavers
    cross join council
    left join team_names
        on care_leavers.clea_care_leaver_allocated_team = team_names.team_id
    where care_leavers.clea_person_id is not null
),

care_leavers as (
    select
        recorded.period_end,
        recorded.person_id,
        recorded.team,
        recorded.worker,
        recorded.in_touch,
        case
            when births.birth_date > recorded.period_end - interval 19 year then '17–18'
            else '19–21'
        end as age_group
    from recorded
    inner join births
        on recorded.person_id = births.person_id
    where
        recorded.choice = 1
        and recorded.eligibility in ('Relevant', 'Former Relevant')
        and coalesce(recorded.in_touch, '') not in ('DIED', 'RHOM')
        and births.birth_date <= recorded.period_end - interval 17 year
        and births.birth_date > recorded.period_end - interval 22 year
)

select
    months.authority,
    months.period_end,
    coalesce(care_leavers.team, allocation_months.team) as team,
    coalesce(care_leavers.worker, allocation_months.worker) as worker,
    care_leavers.age_group as category,
    cast(sum(case when care_leavers.in_touch = 'YES' then 1 else 0 end) as double) as numerator,
    cast(count(*) as double) as denominator
from care_leavers
inner join months
    on care_leavers.period_end = months.period_end
left join allocation_months
    on
        care_leavers.period_end = allocation_months.period_end
        and care_leavers.person_id = allocation_months.person_id
group by
    months.authority,
    months.period_end,
    coalesce(care_leavers.team, allocation_months.team),
    coalesce(care_leavers.worker, allocation_months.worker),
    care_leavers.age_group
