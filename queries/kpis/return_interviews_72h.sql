/*---
title = "Return interviews held within 72 hours"
question = "When a child comes back, is someone there to listen soon enough?"
unit = "percent"
better = "higher"
timing = "flow"
counts = "children"
children_of = "children back from a missing episode who accepted an interview"
numerator = "Of them, episodes with a return interview held within 72 hours of the child's return"
denominator = "Missing episodes whose child returned in the month and accepted a return interview, the 72 hours over"
definition = "Statutory guidance on children who run away or go missing from home or care (2014): the interview is held within 72 hours of the child being located or returning. Episodes of any type, counted in the month of the return; where the interview records have no time of return, it is the end of the episode. An interview exactly 72 hours later is on time; one not yet held, or not recorded, is not. An episode whose 72 hours end after the edition's day is left out, interviewed or not."
caveats = "Times are as recorded, by the clock. An interview recorded without its time counts as held when its day begins, on the day of the return too. Who was not offered an interview, or did not accept it, is not counted. The team and worker are those allocated to the child on the day of the return."
sources = ["ssd_missing", "return_interviews"]
[benchmarks]
note = "No comparator: return interviews are not published."
---*/
with

episodes as (
    select
        miss_table_id as episode_id,
        miss_person_id as person_id,
        miss_missing_episode_end_date as end_time,
        miss_missing_rhi_accepted as accepted,
        row_number() over (
            partition by miss_table_id
            order by miss_missing_episode_end_date asc nulls last, miss_missing_rhi_accepted desc nulls last
        ) as choice
    from ssd_missing
    where miss_table_id is not null
),

interviews as (
    select
        missing_id,
        return_time,
        interview_time,
        row_number() over (
            partition by missing_id
            order by return_time asc nulls last, interview_time asc nulls last
        ) as choice
    from return_interviews
    where missing_id is not null
),

returns as (
    select
        episodes.person_id,
        coalesce(interviews.return_time, episodes.end_time) as return_time,
        cast(coalesce(interviews.return_time, episodes.end_time) as date) as return_day,
        interviews.interview_time
    from episodes
    left join interviews
        on
            episodes.episode_id = interviews.missing_id
            and interviews.choice = 1
    where episodes.choice = 1 and episodes.accepted = 'Y'
)

select
    months.authority,
    months.period_end,
    allocations.team,
    allocations.worker,
    cast(null as varchar) as category,
    list(returns.person_id) filter (
        where
        cast(returns.interview_time as date) >= returns.return_day
        and returns.interview_time <= returns.return_time + interval 72 hour
    ) as children,
    list(returns.person_id) filter (
        where (
            cast(returns.interview_time as date) >= returns.return_day
            and returns.interview_time <= returns.return_time + interval 72 hour
        ) is not true
    ) as other_children,
    cast(
        sum(
            case
                when
                    cast(returns.interview_time as date) >= returns.return_day
                    and returns.interview_time <= returns.return_time + interval 72 hour
                    then 1
                else 0
            end
        ) as double
    ) as numerator,
    cast(count(*) as double) as denominator
from returns
inner join months
    on last_day(returns.return_day) = months.period_end
inner join council
    on cast(returns.return_time + interval 72 hour as date) <= council.last_day
left join allocations
    on
        returns.person_id = allocations.person_id
        and returns.return_day >= allocations.start_date
        and (allocations.end_date is null or returns.return_day < allocations.end_date)
group by months.authority, months.period_end, allocations.team, allocations.worker
