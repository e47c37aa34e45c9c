-- The series that an export or a download holds: one row per KPI, period and what the export splits by. Levels: service;
-- team (each team, or the one chosen); worker (each worker of each team, or of the one chosen). With by_category each is
-- split by the KPI's own category too. Of a protected KPI the periods that pages show, or those of $by (month, quarter,
-- year). A value published without its parts is passed on where it is the only row, and never added up.
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
        symbol,
        value_low,
        value_high,
        is_exact
    from extracts
    where
        kpi in (select unnest($kpis))
        and period_end <= cast($last as date)
        and (cast($team as varchar) is null or team = cast($team as varchar))
        and case
            when $level in ('team', 'worker') then in_teams
            when $by_category then in_categories
            else in_service
        end
        and case when cast($by as varchar) is null then is_shown else is_exact or period = cast($by as varchar) end
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
    case when count(*) = 1 then max(symbol) end as symbol,
    max(value_low) as value_low,
    max(value_high) as value_high,
    bool_and(is_exact) as is_exact
from chosen
group by kpi, period, period_end, team, worker, category
order by kpi, team, worker, category, period_end
