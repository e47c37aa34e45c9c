/*---
title = "Young people in custody visited in the last 42 days"
question = "Do we keep seeing young people who are locked up?"
unit = "percent"
better = "higher"
timing = "snapshot"
counts = "children"
children_of = "young people in custody"
numerator = "Of them, those visited in the last 42 days"
denominator = "Young people in custody at the month's end who have been there 42 days or more"
definition = "Care Planning, Placement and Case Review (England) Regulations 2010, regulation 28: a child in care, as everyone remanded to youth detention is, is visited at least every six weeks. Counted for all in custody, whatever their status: 42 days unless the plan sets limit_days. Each young person counts once, in custody since the first day of the spells that are open; a visit in any of their spells counts. Starts that many days after the visit records."
caveats = "Few young people: one visit moves the figure a long way. The team and worker are those allocated to the young person at the month's end."
sources = ["custody", "custody_visits"]
[parameters]
limit_days = 42
[benchmarks]
note = "No comparator: visits to young people in custody are not published."
---*/
with

covered as (
    select visits.period_end
    from source_months as visits
    inner join source_months as spells
        on
            visits.period_end = spells.period_end
            and spells.source = 'custody'
    where visits.source = 'custody_visits' and visits.days_covered >= $limit_days
),

due as (
    select
        covered.period_end,
        custody.person_id
    from covered
    inner join custody
        on
            covered.period_end >= custody.start_date
            and (custody.end_date is null or covered.period_end < custody.end_date)
    where custody.person_id is not null
    group by covered.period_end, custody.person_id
    having min(custody.start_date) <= covered.period_end - $limit_days * interval 1 day
),

visited as (
    select distinct
        due.period_end,
        due.person_id
    from due
    inner join custody
        on due.person_id = custody.person_id
    inner join custody_visits
        on
            custody.custody_id = custody_visits.custody_id
            and due.period_end >= custody_visits.visit_date
            and due.period_end - $limit_days * interval 1 day < custody_visits.visit_date
)

select
    months.authority,
    months.period_end,
    allocation_months.team,
    allocation_months.worker,
    cast(null as varchar) as category,
    cast(sum(case when visited.person_id is null then 0 else 1 end) as double) as numerator,
    cast(count(*) as double) as denominator
from due
inner join months
    on due.period_end = months.period_end
left join visited
    on
        due.period_end = visited.period_end
        and due.person_id = visited.person_id
left join allocation_months
    on
        due.period_end = allocation_months.period_end
        and due.person_id = allocation_months.person_id
group by months.authority, months.period_end, allocation_months.team, allocation_months.worker
