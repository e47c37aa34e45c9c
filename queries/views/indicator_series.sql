-- Everything the page of one KPI shows: one row per level, team, worker, category and period. Levels: service; team (each
-- team, every period); category (of the service, or of the chosen team); worker (one row per team, worker and category in
-- the latest period with a figure, of the chosen team or of all); worker_series (the chosen worker, every period).
-- A value published without its parts is passed on where it is the only row, and never added up.
with

in_view as (
    select *
    from extracts
    where
        $with_workers
        and kpi = $kpi
        and period_end <= cast($last as date)
        and is_shown
        and in_teams
        and (cast($team as varchar) is null or team = cast($team as varchar))
),

added_up as (
    select
        case level when 'team_category' then 'category' else level end as level,
        case level when 'team' then team end as team,
        cast(null as varchar) as worker,
        category,
        period,
        period_end,
        numerator,
        denominator,
        value,
        symbol,
        value_low,
        value_high,
        is_exact
    from figures
    where
        kpi = $kpi
        and period_end <= cast($last as date)
        and (
            level in ('service', 'team')
            or (level = 'category' and cast($team as varchar) is null)
            or (level = 'team_category' and team = cast($team as varchar))
        )
),

latest as (
    select max(period_end) as period_end
    from figures
    where kpi = $kpi and period_end <= cast($last as date)
),

latest_workers as (
    select in_view.*
    from in_view
    inner join latest
        on in_view.period_end = latest.period_end
    where in_view.worker is not null
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
    where worker = cast($worker as varchar)
    group by worker, period, period_end
)

select * from added_up
union all by name
select * from workers
union all by name
select * from one_worker
order by level, team, worker, category, period_end
