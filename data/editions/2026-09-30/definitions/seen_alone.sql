/*---
title = "Children seen alone at visits"
question = "Do children get to talk to us on their own?"
unit = "percent"
better = "higher"
timing = "flow"
counts = "children"
children_of = "children visited"
numerator = "Of those, visits at which the child was seen alone"
denominator = "Visits in the month at which a child aged 4 or over was seen"
category = "Kind of visit"
definition = "Working Together to Safeguard Children asks that children are seen, and seen alone where that is right for them. Visits to children in need, on a protection plan and in care by the day of the visit, where the child was seen and is 4 years old or older that day (minimum_age in the plan changes it); one for each child."
caveats = "Children without a date of birth are left out. A visit for which it is not recorded whether the child was seen alone counts as not alone. The team and worker are those allocated to the child on the day of the visit."
sources = ["ssd_cin_visits", "ssd_cp_visits", "ssd_cla_visits", "ssd_person"]
[parameters]
minimum_age = 4
[benchmarks]
note = "No comparator: visits are not published."
---*/
with

all_visits as (
    select
        'in need' as category,
        cinv_cin_visit_id as visit_id,
        cinv_person_id as person_id,
        cinv_cin_visit_date as visit_date,
        cinv_cin_visit_seen as seen,
        cinv_cin_visit_seen_alone as seen_alone
    from ssd_cin_visits
    union all
    select
        'protection' as category,
        cppv_cp_visit_id as visit_id,
        cppv_person_id as person_id,
        cppv_cp_visit_date as visit_date,
        cppv_cp_visit_seen as seen,
        cppv_cp_visit_seen_alone as seen_alone
    from ssd_cp_visits
    union all
    select
        'in care' as category,
        clav_cla_visit_id as visit_id,
        clav_person_id as person_id,
        clav_cla_visit_date as visit_date,
        clav_cla_visit_seen as seen,
        clav_cla_visit_seen_alone as seen_alone
    from ssd_cla_visits
),

visits as (
    select
        category,
        person_id,
        visit_date,
        upper(seen) in ('Y', 'YES') as is_seen,
        upper(seen_alone) in ('Y', 'YES') as is_seen_alone,
        row_number() over (
            partition by category, visit_id
            order by visit_date asc, person_id asc nulls last, seen desc nulls last, seen_alone desc nulls last
        ) as choice
    from all_visits
    where visit_id is not null and visit_date is not null
),

births as (
    select
        pers_person_id as person_id,
        min(pers_dob) as birth_date
    from ssd_person
    group by pers_person_id
)

select
    months.authority,
    months.period_end,
    allocations.team,
    allocations.worker,
    visits.category,
    list(visits.person_id) filter (where visits.is_seen_alone) as children,
    list(visits.person_id) filter (where visits.is_seen_alone is not true) as other_children,
    cast(sum(case when visits.is_seen_alone then 1 else 0 end) as double) as numerator,
    cast(count(*) as double) as denominator
from visits
inner join months
    on last_day(visits.visit_date) = months.period_end
inner join births
    on visits.person_id = births.person_id
left join allocations
    on
        visits.person_id = allocations.person_id
        and visits.visit_date >= allocations.start_date
        and (allocations.end_date is null or visits.visit_date < allocations.end_date)
where
    visits.choice = 1
    and visits.is_seen
    and births.birth_date <= visits.visit_date - $minimum_age * interval 1 year
group by months.authority, months.period_end, allocations.team, allocations.worker, visits.category
