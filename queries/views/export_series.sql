-- The series that an export or a download holds: one row per KPI, period and what the export splits by. Levels: service;
-- team (each team, or the one chosen); worker (each worker of each team, or of the one chosen). With by_category each is
-- split by the KPI's own category too. A value published without its parts is passed on where it is the only row, and
-- never added up.
with

chosen as (
    select
        kpi,
        period,
        period_end,
        case when $level in ('team', 'worker') then team end as team,
        case when $level = 'worker' then worker end as worker,
        case when $by_category then category end as category,
        numerator,
        denominator,
        value,
        symbol
    from extracts
    where
        kpi in (select unnest($kpis))
        and period_end <= cast($last as date)
        and (cast($team as varchar) is null or team = cast($team as varchar))
)

select
    kpi,
    period,
    period_end,
    team,
    worker,
    category,
    sum(numerator) as numerator,
    sum(denominator) as denominator,
    case when count(*) = 1 then max(value) end as value,
    case when count(*) = 1 then max(symbol) end as symbol
from chosen
group by kpi, period, period_end, team, worker, category
order by kpi, team, worker, category, period_end
