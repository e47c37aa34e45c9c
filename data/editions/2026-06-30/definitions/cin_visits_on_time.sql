/*---
title = "Children in need visited in the last 20 working days"
question = "Do we see children in need often enough to know how they are?"
unit = "percent"
better = "higher"
timing = "snapshot"
counts = "children"
children_of = "children on an in-need plan"
numerator = "Of those, children seen at a visit in the last 20 working days"
denominator = "Children in need at the month's end whose plan has been open for 20 working days or more"
definition = "Working Together to Safeguard Children leaves how often to visit to the plan; councils set a limit (20 working days unless the plan sets limit_working_days). A plan written anew goes on: one that starts by the day after another one of the child ends does not begin the 20 working days again. Children in need are those with an open in-need plan who are neither in care nor on a protection plan. A visit counts when the child was seen, fewer than 20 working days before the month's end: the day of the visit is day 0; weekends and England's bank holidays do not count. Starts 20 working days after the visit records."
caveats = "Team and worker are the plan's own, else those who held the child's case at the month's end."
sources = ["ssd_cin_plans", "ssd_cin_visits"]
[parameters]
limit_working_days = 20
[benchmarks]
note = "No comparator: visits to children in need are not published."
---*/
with

covered as (
    select
        period_end,
        working_day_number
    from source_months
    where source = 'ssd_cin_visits' and working_days_covered >= $limit_working_days
),

due as (
    select
        covered.period_end,
        covered.working_day_number,
        plans.person_id,
        coalesce(plans.team, allocation_months.team) as team,
        coalesce(plans.worker, allocation_months.worker) as worker
    from covered
    inner join in_need_plans as plans
        on covered.period_end = plans.period_end
    inner join plan_types
        on
            plans.period_end = plan_types.period_end
            and plans.person_id = plan_types.person_id
    left join working_days as started
        on plans.since = started.day
    left join allocation_months
        on
            plans.period_end = allocation_months.period_end
            and plans.person_id = allocation_months.person_id
    where
        plan_types.plan_type = 'in need'
        and covered.working_day_number - coalesce(started.working_day_number, 0) >= $limit_working_days
),

visits as (
    select
        ssd_cin_visits.cinv_person_id as person_id,
        ssd_cin_visits.cinv_cin_visit_date as visit_date,
        working_days.working_day_number
    from ssd_cin_visits
    inner join working_days
        on ssd_cin_visits.cinv_cin_visit_date = working_days.day
    where upper(ssd_cin_visits.cinv_cin_visit_seen) in ('Y', 'YES')
),

seen as (
    select distinct
        due.period_end,
        due.person_id
    from due
    inner join visits
        on
            due.person_id = visits.person_id
            and due.period_end >= visits.visit_date
            and due.working_day_number - visits.working_day_number < $limit_working_days
),

counted as (
    select
        due.period_end,
        due.team,
        due.worker,
        sum(case when seen.person_id is null then 0 else 1 end) as numerator,
        count(*) as denominator
    from due
    left join seen
        on
            due.period_end = seen.period_end
            and due.person_id = seen.person_id
    group by due.period_end, due.team, due.worker
)

select
    council.authority,
    counted.period_end,
    counted.team,
    counted.worker,
    cast(null as varchar) as category,
    cast(counted.numerator as double) as numerator,
    cast(counted.denominator as double) as denominator
from counted
cross join council
