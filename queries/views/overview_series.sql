-- Series for pages that show several KPIs: one row per KPI, level and period; the service, one team of it where
-- one is chosen, and the category that stands for a KPI known only by category. A value published without its parts is
-- passed on where it is the only row, and never added up.
with

chosen as (
    select *
    from extracts
    where kpi in (select unnest($kpis)) and period_end <= cast($last as date) and is_shown
),

service as (
    select
        kpi,
        'service' as level,
        cast(null as varchar) as team,
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
    group by kpi, period, period_end
),

team as (
    select
        kpi,
        'team' as level,
        team,
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
    where in_teams and team = cast($team as varchar)
    group by kpi, team, period, period_end
),

headline as (
    select
        chosen.kpi,
        'category' as level,
        cast(null as varchar) as team,
        chosen.category,
        chosen.period,
        chosen.period_end,
        sum(chosen.numerator) as numerator,
        sum(chosen.denominator) as denominator,
        case when count(*) = 1 then max(chosen.value) end as value,
        case when count(*) = 1 then max(chosen.symbol) end as symbol,
        max(value_low) as value_low,
        max(value_high) as value_high,
        bool_and(is_exact) as is_exact
    from chosen
    inner join headlines
        on chosen.kpi = headlines.kpi and chosen.category = headlines.category
    where chosen.in_categories
    group by chosen.kpi, chosen.category, chosen.period, chosen.period_end
)

select * from service
union all by name
select * from team
union all by name
select * from headline
order by kpi, level, period_end
