/*---
title = "Children in care for long in the same placement for two years"
question = "Do children in care have a home that lasts?"
unit = "percent"
better = "higher"
timing = "snapshot"
counts = "children"
children_of = "children under 16 in care for 2.5 years or more"
part_of = "children in care"
numerator = "Of them, in the same placement for 2 years or more; an adoptive placement is joined to the one before it"
denominator = "Children in care under 16, in care for 2.5 years or more without a break"
definition = "DfE, children looked after in England: long-term placement stability at 31 March; own figures at each month's end. In care without a break is by calendar, short breaks (legal status V3, V4) left out. The same placement goes on through a change of status with the same carer (the placement before ended with reason PLACE), adoption by the current foster carer (A3, A5) and a temporary placement (T0 to T4), with the return from it to a placement of the same type, postcode and URN (SSDA903 rules 226 and 383); an adoptive placement with other carers (A4, A6) is joined to the one before it. Starts 2.5 years after the records of care."
caveats = "The reason for a change stands on the placement that ends. A postcode or URN that is not recorded is taken to be the same. Children without a date of birth are left out; a child without a placement recorded at the month's end is not in the same one. The team and worker are those allocated to the child at the month's end."
sources = ["ssd_cla_episodes", "ssd_cla_placement", "ssd_person"]
[benchmarks]
file = "placement_stability:same_placement_two_years"
lait = "LAC_LongStable%"
note = "Published for 31 March."
---*/
with

covered as (
    select episodes.period_end
    from source_months as episodes
    inner join source_months as placements
        on
            episodes.period_end = placements.period_end
            and placements.source = 'ssd_cla_placement'
    where
        episodes.source = 'ssd_cla_episodes'
        and episodes.months_covered >= 30
        and placements.months_covered >= 24
),

births as (
    select
        pers_person_id as person_id,
        min(pers_dob) as birth_date
    from ssd_person
    group by pers_person_id
),

children as (
    select
        care_starts.period_end,
        care_starts.person_id
    from care_starts
    inner join covered
        on care_starts.period_end = covered.period_end
    inner join births
        on care_starts.person_id = births.person_id
    where
        care_starts.start_date <= care_starts.period_end - interval 30 month
        and births.birth_date > care_starts.period_end - interval 16 year
),

ordered as (
    select
        person_id,
        home,
        placement_type,
        start_date,
        row_number() over (
            partition by person_id, home
            order by start_date asc, end_date asc nulls last, placement_id asc
        ) as place
    from homes
    where not is_temporary
),

beginnings as (
    select
        person_id,
        home,
        start_date,
        placement_type,
        lag(start_date) over (partition by person_id order by home) as start_before
    from ordered
    where place = 1
),

lasting as (
    select
        person_id,
        home,
        case
            when placement_type in ('A3', 'A4', 'A5', 'A6') then coalesce(start_before, start_date)
            else start_date
        end as since
    from beginnings
),

placed as (
    select
        children.period_end,
        children.person_id,
        homes.home,
        row_number() over (
            partition by children.period_end, children.person_id
            order by homes.start_date desc, homes.placement_id asc
        ) as choice
    from children
    inner join homes
        on
            children.person_id = homes.person_id
            and children.period_end >= homes.start_date
            and (homes.end_date is null or children.period_end < homes.end_date)
),

settled as (
    select
        placed.period_end,
        placed.person_id
    from placed
    inner join lasting
        on
            placed.person_id = lasting.person_id
            and placed.home = lasting.home
    where placed.choice = 1 and lasting.since <= placed.period_end - interval 24 month
)

select
    months.authority,
    months.period_end,
    allocation_months.team,
    allocation_months.worker,
    cast(null as varchar) as category,
    cast(sum(case when settled.person_id is null then 0 else 1 end) as double) as numerator,
    cast(count(*) as double) as denominator
from children
inner join months
    on children.period_end = months.period_end
left join settled
    on
        children.period_end = settled.period_end
        and children.person_id = settled.person_id
left join allocation_months
    on
        children.period_end = allocation_months.period_end
        and children.person_id = allocation_months.person_id
group by months.authority, months.period_end, allocation_months.team, allocation_months.worker
