/*---
title = "Return interviews offered after a child went missing"
question = "When a child comes back, does someone ask what happened?"
unit = "percent"
better = "higher"
timing = "flow"
counts = "children"
children_of = "children back from a missing episode"
numerator = "Episodes that ended in the month and were followed by the offer of a return interview"
denominator = "Episodes that ended in the month, not recorded as needing no interview"
definition = "Statutory guidance on children who run away or go missing from home or care (2014): a child found or returned must be offered an independent return interview. Episodes of any type, counted in the month in which they ended; those marked not applicable are left out, and nothing recorded counts as not offered."
caveats = "The team and worker are those allocated to the child on the day the episode ended."
sources = ["ssd_missing"]
[benchmarks]
note = "No comparator: return interviews are not published."
---*/
with

episodes as (
    select
        miss_person_id as person_id,
        cast(miss_missing_episode_end_date as date) as end_day,
        coalesce(miss_missing_rhi_offered, '') as offered,
        row_number() over (
            partition by miss_table_id
            order by miss_missing_episode_end_date asc, miss_missing_rhi_offered desc nulls last
        ) as choice
    from ssd_missing
    where miss_table_id is not null and miss_missing_episode_end_date is not null
)

select
    months.authority,
    months.period_end,
    allocations.team,
    allocations.worker,
    cast(null as varchar) as category,
    list(episodes.person_id) filter (where episodes.offered = 'Y') as children,
    list(episodes.person_id) filter (where (episodes.offered = 'Y') is not true) as other_children,
    cast(sum(case when episodes.offered = 'Y' then 1 else 0 end) as double) as numerator,
    cast(count(*) as double) as denominator
from episodes
inner join months
    on last_day(episodes.end_day) = months.period_end
left join allocations
    on
        episodes.person_id = allocations.person_id
        and episodes.end_day >= allocations.start_date
        and (allocations.end_date is null or episodes.end_day < allocations.end_date)
where
    episodes.choice = 1
    and episodes.offered <> 'NA'
group by months.authority, months.period_end, allocations.team, allocations.worker
