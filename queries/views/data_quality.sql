-- How far the figures of each KPI can be relied on: one row per KPI that has any figure. Its first and its latest period
-- with a figure and how many months that lies before the last one due ($dues, by place in $kpis); how often, in its last 36 periods, there was a longer gap between two
-- periods than now; and over its latest 12 periods the percentage of the denominator (of the numerator, for a count) that
-- has a team and a worker recorded. A value published without its parts can be split by neither.
with

figures as (
    select
        kpi,
        period,
        period_end,
        team,
        worker,
        coalesce(denominator, numerator) as cases
    from extracts
    where
        period_end <= cast($edition as date)
        and (numerator is not null or value is not null)
        and is_shown
        and in_service
),

period_ends as (
    select
        kpi,
        period,
        period_end
    from figures
    group by kpi, period, period_end
),

ordered as (
    select
        kpi,
        period,
        period_end,
        row_number() over (partition by kpi order by period_end desc) as place,
        12 * year(period_end) + month(period_end) as month_number,
        lag(12 * year(period_end) + month(period_end)) over (partition by kpi order by period_end asc) as number_before
    from period_ends
),

dues as (
    select
        unnest($kpis) as kpi,
        unnest($dues) as due
),

latest as (
    select
        ordered.kpi,
        ordered.period,
        ordered.period_end as latest,
        12 * year(dues.due) + month(dues.due) - ordered.month_number as months_behind
    from ordered
    inner join dues
        on ordered.kpi = dues.kpi
    where ordered.place = 1
),

gaps as (
    select
        latest.kpi,
        sum(
            case when ordered.month_number - ordered.number_before > latest.months_behind then 1 else 0 end
        ) as longer_gaps
    from latest
    inner join ordered
        on latest.kpi = ordered.kpi
    where ordered.place <= 36
    group by latest.kpi
),

recorded as (
    select
        figures.kpi,
        sum(figures.cases) as cases,
        sum(case when figures.team is not null then figures.cases else 0 end) as with_team,
        sum(case when figures.worker is not null then figures.cases else 0 end) as with_worker
    from figures
    inner join ordered
        on figures.kpi = ordered.kpi and figures.period_end = ordered.period_end
    where ordered.place <= 12
    group by figures.kpi
),

split_by as (
    select
        kpi,
        min(period_end) as earliest,
        count(team) > 0 as has_teams,
        count(worker) > 0 as has_workers
    from figures
    group by kpi
),

final as (
    select
        latest.kpi,
        latest.period,
        split_by.earliest,
        latest.latest,
        latest.months_behind,
        gaps.longer_gaps,
        split_by.has_teams,
        split_by.has_workers,
        100.0 * recorded.with_team / nullif(recorded.cases, 0) as team_recorded,
        100.0 * recorded.with_worker / nullif(recorded.cases, 0) as worker_recorded
    from latest
    inner join gaps
        on latest.kpi = gaps.kpi
    inner join recorded
        on latest.kpi = recorded.kpi
    inner join split_by
        on latest.kpi = split_by.kpi
)

select *
from final
order by kpi
