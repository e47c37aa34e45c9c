/*---
title = "Children on a protection plan visited in the last 10 working days"
question = "Do we see children on a protection plan often enough to know they are safe?"
unit = "percent"
better = "higher"
timing = "snapshot"
counts = "children"
children_of = "children on a protection plan"
part_of = "children on a protection plan"
numerator = "Of those, children seen at a visit in the last 10 working days"
denominator = "Children on a protection plan at the month's end, open for 10 working days or more"
definition = "Working Together to Safeguard Children asks for regular visits and the protection plan says how often; councils set a limit (10 working days unless the plan sets limit_working_days). Plans of another local authority are left out; a child in care who is on a plan too counts. A visit counts when the child was seen, fewer than 10 working days before the month's end: the day of the visit is day 0; weekends and England's bank holidays do not count. Starts 10 working days after the visit records."
caveats = "Team and worker are those who held the child's case at the month's end. Visits recorded as visits to a child in need or in care do not count."
sources = ["ssd_cp_plans", "ssd_cp_visits"]
[parameters]
limit_working_days = 10
[benchmarks]
note = "No comparator: visits to children on a protection plan are not published."
---*/
with

covered as (
    select
        period_end,
        working_day_number
    from source_months
    where source = 'ssd_cp_visits' and working_days_covered >= $limit_working_days
),

due as (
    select
        covered.period_end,
        covered.working_day_number,
        plans.person_id,
        allocation_months.team,
        allocation_months.worker
    from covered
    inner join protection_plans as plans
        on covered.period_end = plans.period_end
    left join working_days as started
        on plans.start_date = started.day
    left join allocation_months
        on
            plans.period_end = allocation_months.period_end
            and plans.person_id = allocation_months.person_id
    where covered.working_day_number - coalesce(started.working_day_number, 0) >= $limit_working_days
),

visits as (
    select
        ssd_cp_visits.cppv_person_id as person_id,
        ssd_cp_visits.cppv_cp_visit_date as visit_date,
        working_days.working_day_number
    from ssd_cp_visits
    inner join working_days
        on ssd_cp_visits.cppv_cp_visit_date = working_days.day
    where upper(ssd_cp_visits.cppv_cp_visit_seen) in ('Y', 'YES')
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
