/*---
title = "Children in care visited in the last 42 days"
question = "Do we visit children in care often enough to know how they are?"
unit = "percent"
better = "higher"
timing = "snapshot"
counts = "children"
children_of = "children in care for 42 days or more"
part_of = "children in care"
numerator = "Of those, children visited in the last 42 days"
denominator = "Children in care at the month's end who have been in care for 42 days or more"
definition = "Care Planning, Placement and Case Review (England) Regulations 2010, regulation 28: a child in care is visited at intervals of no more than six weeks in the first year. Councils set a limit for all (42 days unless the plan sets limit_days). Time in care runs without a break from one episode to the next; series of short breaks (legal status V3 or V4) are left out and do not count towards it. A visit counts whether or not the child was seen. Starts 42 days after the visit records."
caveats = "Where children are settled the regulations allow longer intervals than 42 days, so not every child counted as late was due. The team and worker are those allocated to the child at the month's end."
sources = ["ssd_cla_episodes", "ssd_cla_visits"]
[parameters]
limit_days = 42
[benchmarks]
note = "No comparator: visits to children in care are not published."
---*/
with

covered as (
    select source_months.period_end
    from source_months
    inner join coverage
        on source_months.period_end >= coverage.first_period_end
    where
        source_months.source = 'ssd_cla_visits'
        and source_months.days_covered >= $limit_days
        and coverage.source = 'ssd_cla_episodes'
),

due as (
    select
        covered.period_end,
        care_starts.person_id
    from covered
    inner join care_starts
        on covered.period_end = care_starts.period_end
    where care_starts.start_date <= covered.period_end - $limit_days * interval 1 day
),

visited as (
    select distinct
        due.period_end,
        due.person_id
    from due
    inner join ssd_cla_visits
        on
            due.person_id = ssd_cla_visits.clav_person_id
            and due.period_end >= ssd_cla_visits.clav_cla_visit_date
            and due.period_end - $limit_days * interval 1 day < ssd_cla_visits.clav_cla_visit_date
)

select
    council.authority,
    due.period_end,
    allocation_months.team,
    allocation_months.worker,
    cast(null as varchar) as category,
    cast(sum(case when visited.person_id is null then 0 else 1 end) as double) as numerator,
    cast(count(*) as double) as denominator
from due
cross join council
left join visited
    on
        due.period_end = visited.period_end
        and due.person_id = visited.person_id
left join allocation_months
    on
        due.period_end = allocation_months.period_end
        and due.person_id = allocation_months.person_id
group by council.authority, due.period_end, allocation_months.team, allocation_months.worker
