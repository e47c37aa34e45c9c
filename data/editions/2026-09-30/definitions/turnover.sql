/*---
title = "Social worker turnover"
question = "Do social workers stay, so that children keep theirs?"
unit = "percent"
better = "lower"
timing = "snapshot"
counts = "workers"
numerator = "Full-time equivalent of employed social workers who left in the 12 months to the month's end"
denominator = "Full-time equivalent of employed social workers in post at the month's end"
definition = "DfE children's social work workforce census: leavers of the last 12 months over those in post, in full-time equivalents, agency workers in neither. A leaver has the full-time equivalent and team of their last month. Who is back in an employed social work post by the next working day moved inside the council and did not leave. Who goes on in the council in a post that is no social worker's, or as an agency worker, left social work, as in the census: on the last day recorded, else in the first month in which they are recorded so. Starts 12 months after the workforce records."
caveats = "A team that has closed keeps its leavers and has nobody in post: it adds to the service's figure and has none of its own. Shown by team, never for one worker."
sources = ["workforce"]
control_chart = false
[benchmarks]
file = "workforce:turnover_rate"
lait = "Work_Force_TO_Rate"
note = "DfE counts leavers in the year to 30 September."
---*/
with

served as (
    select
        workforce.professional_id as worker,
        workforce.period_end,
        coalesce(team_names.team, workforce.team) as team,
        coalesce(workforce.social_worker_flag = 'Y', false)
        and coalesce(workforce.agency_flag <> 'Y', true) as is_employed,
        workforce.fte,
        workforce.end_date,
        started.working_day_number as start_number,
        ended.working_day_number as end_number
    from workforce
    inner join council
        on workforce.period_end <= council.last_day
    left join team_names
        on workforce.team = team_names.team_id
    left join working_days as started
        on workforce.start_date = started.day
    left join working_days as ended
        on workforce.end_date = ended.day
    where workforce.professional_id is not null
),

months_served as (
    select
        worker,
        period_end,
        bool_or(is_employed) as is_employed,
        lead(period_end) over (partition by worker order by period_end) as next_period_end,
        lead(bool_or(is_employed)) over (partition by worker order by period_end) as stays_employed
    from served
    group by worker, period_end
),

endings as (
    select
        worker,
        is_employed,
        end_date,
        end_number,
        team,
        fte,
        row_number() over (
            partition by worker, end_date
            order by period_end desc, fte desc nulls last, team asc nulls last
        ) as choice
    from served
    where end_date is not null
),

ended as (
    select
        endings.worker,
        endings.end_date,
        endings.team,
        endings.fte
    from endings
    where
        endings.choice = 1
        and endings.is_employed
        and endings.fte > 0
        and not exists (
            select 1
            from served
            where
                served.is_employed
                and served.worker = endings.worker
                and served.period_end > endings.end_date
                and (served.end_date is null or served.end_date > endings.end_date)
                and coalesce(served.start_number, 0) <= endings.end_number + 1
        )
),

changed as (
    select
        served.worker,
        months_served.next_period_end as end_date,
        served.team,
        served.fte,
        row_number() over (
            partition by served.worker, served.period_end
            order by served.fte desc nulls last, served.team asc nulls last
        ) as choice
    from served
    inner join months_served
        on
            served.worker = months_served.worker
            and served.period_end = months_served.period_end
    left join ended
        on
            served.worker = ended.worker
            and served.end_date = ended.end_date
    where served.is_employed and not months_served.stays_employed and ended.worker is null
),

leavers as (
    select
        end_date,
        team,
        fte
    from ended
    union all
    select
        end_date,
        team,
        fte
    from changed
    where choice = 1 and fte > 0
),

covered as (
    select period_end
    from source_months
    where source = 'workforce' and months_covered >= 12
),

parts as (
    select
        covered.period_end,
        leavers.team,
        leavers.fte as left_fte,
        0 as in_post_fte
    from covered
    inner join leavers
        on
            covered.period_end >= leavers.end_date
            and covered.period_end - interval 12 month < leavers.end_date
    union all
    select
        covered.period_end,
        workers.team,
        0 as left_fte,
        workers.fte as in_post_fte
    from covered
    inner join workers
        on covered.period_end = workers.period_end
    where workers.is_social_worker and not workers.is_agency and workers.fte > 0
),

by_team as (
    select
        period_end,
        team,
        sum(left_fte) as numerator,
        sum(in_post_fte) as denominator,
        sum(sum(in_post_fte)) over (partition by period_end) as service_denominator
    from parts
    group by period_end, team
)

select
    council.authority,
    by_team.period_end,
    by_team.team,
    cast(null as varchar) as worker,
    cast(null as varchar) as category,
    cast(by_team.numerator as double) as numerator,
    cast(by_team.denominator as double) as denominator
from by_team
cross join council
where by_team.service_denominator > 0
