/*---
title = "Homeless 16 and 17 year olds assessed jointly"
question = "When a young person has nowhere to live, do housing and social care act together?"
unit = "percent"
better = "higher"
timing = "flow"
counts = "children"
numerator = "Of them, those whom housing and social care have assessed together"
denominator = "16 and 17 year olds who presented as homeless in the month"
definition = "Statutory guidance on the prevention of homelessness and provision of accommodation for 16 and 17 year olds (2018): housing and children's social care assess together whoever turns to either. Counted in the month in which the young person presented; each presentation counts."
caveats = "An assessment made later, but by the edition's date, counts: recent months may still rise. The team and worker are those allocated to the young person on the day, so many have none."
sources = ["homeless_young_people"]
[benchmarks]
note = "No comparator: joint assessments are not published."
---*/
with

presentations as (
    select
        homeless.person_id,
        homeless.presented_date,
        case when homeless.joint_assessment_date <= council.last_day then 1 else 0 end as is_joint,
        row_number() over (
            partition by homeless.person_id, homeless.presented_date
            order by homeless.joint_assessment_date asc nulls last
        ) as choice
    from homeless_young_people as homeless
    cross join council
    where homeless.person_id is not null and homeless.presented_date is not null
)

select
    months.authority,
    months.period_end,
    allocations.team,
    allocations.worker,
    cast(null as varchar) as category,
    cast(sum(presentations.is_joint) as double) as numerator,
    cast(count(*) as double) as denominator
from presentations
inner join months
    on last_day(presentations.presented_date) = months.period_end
left join allocations
    on
        presentations.person_id = allocations.person_id
        and presentations.presented_date >= allocations.start_date
        and (allocations.end_date is null or presentations.presented_date < allocations.end_date)
where presentations.choice = 1
group by months.authority, months.period_end, allocations.team, allocations.worker
