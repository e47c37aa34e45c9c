/*---
title = "Children who were missing"
question = "How many children went missing, however often each of them did?"
unit = "count"
better = "neither"
timing = "snapshot"
counts = "children"
children_of = "children missing"
numerator = "Children with a missing episode in the month, begun in it or still going on"
definition = "Statutory guidance on children who run away or go missing from home or care (2014): children missing at any time in the month, each counted once, in the team of their latest episode. Away from placement without authorisation is left out."
caveats = "An episode whose end was never recorded keeps its child in every later month. Figures do not add up over months: a child may be missing in several. The team and worker are those allocated to the child on the day the latest episode started."
sources = ["ssd_missing"]
[benchmarks]
note = "No comparator: what is published is the yearly share of children in care who were missing."
---*/
with

recorded as (
    select
        miss_table_id as episode_id,
        miss_person_id as person_id,
        miss_missing_episode_start_date as start_time,
        miss_missing_episode_end_date as end_time,
        row_number() over (
            partition by miss_table_id
            order by miss_missing_episode_start_date asc, miss_missing_episode_end_date asc nulls last
        ) as choice
    from ssd_missing
    where
        miss_table_id is not null
        and miss_person_id is not null
        and miss_missing_episode_start_date is not null
        and lower(miss_missing_episode_type) in ('missing', 'm')
),

in_month as (
    select
        months.authority,
        months.period_end,
        recorded.person_id,
        cast(recorded.start_time as date) as start_day,
        row_number() over (
            partition by months.period_end, recorded.person_id
            order by recorded.start_time desc, recorded.episode_id asc
        ) as choice
    from recorded
    inner join months
        on
            months.period_end >= cast(recorded.start_time as date)
            and (
                recorded.start_time >= months.month_start
                or recorded.end_time is null
                or recorded.end_time > months.month_start
            )
    where recorded.choice = 1
)

select
    in_month.authority,
    in_month.period_end,
    allocations.team,
    allocations.worker,
    cast(null as varchar) as category,
    cast(count(*) as double) as numerator,
    cast(null as double) as denominator
from in_month
inner join coverage
    on
        coverage.source = 'ssd_missing'
        and in_month.period_end >= coverage.first_period_end
left join allocations
    on
        in_month.person_id = allocations.person_id
        and in_month.start_day >= allocations.start_date
        and (allocations.end_date is null or in_month.start_day < allocations.end_date)
where in_month.choice = 1
group by in_month.authority, in_month.period_end, allocations.team, allocations.worker
