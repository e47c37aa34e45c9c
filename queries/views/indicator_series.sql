-- Everything the page of one KPI shows: one row per level, team, worker, category and period. Levels: service; team (each
-- team, every period); category (of the service, or of the chosen team); worker (one row per team, worker and category in
-- the latest period with a figure, of the chosen team or of all); worker_series (the chosen worker, every period).
-- A value published without its parts is passed on where it is the only row, and never added up.
with

chosen as (
    select *
    from extracts
    where kpi = $kpi and period_end <= cast($last as date) and is_shown
),

in_view as (
    select *
    from chosen
    where in_teams and (cast($team as varchar) is null or team = cast($team as varchar))
),

latest as (
    select max(period_end) as period_end
    from chosen
),

latest_workers as (
    select in_view.*
    from in_view
    inner join latest
        on in_view.period_end = latest.period_end
    where $with_workers and in_view.worker is not null
),

service as (
    select
        'service' as level,
        cast(null as varchar) as team,
        cast(null as varchar) as worker,
        cast(null as varchar) as category,
        period,
        period_end,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        case when count(*) = 1 and max(category) is null then max(value) end as value,
        case when count(*) = 1 and max(category) is null then max(symbol) end as symbol,
        max(value_low) as value_low,
        max(value_high) as value_high,
        bool_and(is_exact) as is_exact
    from chosen
    where in_service
    group by period, period_end
),

teams as (
    select
        'team' as level,
        team,
        cast(null as varchar) as worker,
        cast(null as varchar) as category,
        period,
        period_end,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        case when count(*) = 1 then max(value) end as value,
        case when count(*) = 1 then max(symbol) end as symbol,
        max(value_low) as value_low,
        max(value_high) as value_high,
        bool_and(is_exact) as is_exact
    from chosen
    where in_teams
    group by team, period, period_end
),

categories as (
    select
        'category' as level,
        cast(null as varchar) as team,
        cast(null as varchar) as worker,
        category,
        period,
        period_end,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        case when count(*) = 1 then max(value) end as value,
        case when count(*) = 1 then max(symbol) end as symbol,
        max(value_low) as value_low,
        max(value_high) as value_high,
        bool_and(is_exact) as is_exact
    from chosen
    where
        (cast($team as varchar) is null and in_categories)
        or (in_teams and team = cast($team as varchar))
    group by category, period, period_end
),

workers as (
    select
        'worker' as level,
        team,
        worker,
        category,
        period,
        period_end,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        case when count(*) = 1 then max(value) end as value,
        case when count(*) = 1 then max(symbol) end as symbol,
        max(value_low) as value_low,
        max(value_high) as value_high,
        bool_and(is_exact) as is_exact
    from latest_workers
    group by team, worker, category, period, period_end
),

one_worker as (
    select
        'worker_series' as level,
        cast(null as varchar) as team,
        worker,
        cast(null as varchar) as category,
        period,
        period_end,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        case when count(*) = 1 then max(value) end as value,
        case when count(*) = 1 then max(symbol) end as symbol,
        max(value_low) as value_low,
        max(value_high) as value_high,
        bool_and(is_exact) as is_exact
    from in_view
    where $with_workers and worker = cast($worker as varchar)
    group by worker, period, period_end
)

select * from service
union all by name
select * from teams
union all by name
select * from categories
union all by name
select * from workers
union all by name
select * from one_worker
order by level, team, worker, category, period_end
