/*---
title = "Homeless 16 and 17 year olds assessed jointly"
question = "When a young person has nowhere to live, do housing and social care act together?"
unit = "percent"
better = "higher"
timing = "flow"
counts = "children"
children_of = "young people who presented as homeless"
numerator = "Of them, those whom housing and social care assessed together within 10 working days"
denominator = "16 and 17 year olds who presented as homeless in the month"
definition = "Statutory guidance on the prevention of homelessness and provision of accommodation for 16 and 17 year olds (2018): housing and children's social care assess together whoever turns to either. Counted in the month in which the young person presented; each presentation counts. The guidance leaves it to the local protocol by when: 10 working days unless the plan sets limit_working_days (the day of presenting is day 0; weekends and England's bank holidays do not count). A month is given when the working days of its last presentations are over."
caveats = "An assessment made later than that, or dated before the young person presented, does not count. The team and worker are those allocated to the young person on the day, so many have none."
sources = ["homeless_young_people"]
[ripens_after]
duty = "joint assessments"
working_days = "limit_working_days"
[parameters]
limit_working_days = 10
[benchmarks]
note = "No comparator: joint assessments are not published."
---*/
with

recorded as (
    select
        person_id,
        presented_date,
        joint_assessment_date,
        row_number() over (
            partition by person_id, presented_date
            order by joint_assessment_date asc nulls last
        ) as choice
    from homeless_young_people
    where person_id is not null and presented_date is not null
),

presentations as (
    select
        recorded.person_id,
        recorded.presented_date,
        case
            when
                recorded.joint_assessment_date >= recorded.presented_date
                and assessed.working_day_number - presented.working_day_number <= $limit_working_days
                then 1
            else 0
        end as is_joint
    from recorded
    inner join working_days as presented
        on recorded.presented_date = presented.day
    left join working_days as assessed
        on recorded.joint_assessment_date = assessed.day
    where recorded.choice = 1
)

select
    months.authority,
    months.period_end,
    allocations.team,
    allocations.worker,
    cast(null as varchar) as category,
    list(presentations.person_id) filter (where presentations.is_joint = 1) as children,
    list(presentations.person_id) filter (where presentations.is_joint = 0) as other_children,
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
group by months.authority, months.period_end, allocations.team, allocations.worker
