-- The figures that pages show, added up once from the table extracts, so from what the scope may see and no more: one row
-- per KPI, level and period. Levels: service; team (each team); category (of the service); team_category (of each team).
-- A value published without its parts is passed on where it is the only row, and never added up; of the service only
-- where it is of no category.
with

shown as (
    select * exclude (authority, worker, is_shown)
    from extracts
    where is_shown
),

levels as (
    select
        * exclude (team, category),
        'service' as level,
        cast(null as varchar) as team,
        cast(null as varchar) as category,
        category as of_category
    from shown
    where in_service
    union all by name
    select
        * exclude (category),
        'team' as level,
        cast(null as varchar) as category
    from shown
    where in_teams
    union all by name
    select
        * exclude (team),
        'category' as level,
        cast(null as varchar) as team
    from shown
    where in_categories
    union all by name
    select
        *,
        'team_category' as level
    from shown
    where in_teams
)

select
    kpi,
    level,
    team,
    category,
    period,
    period_end,
    sum(numerator) as numerator,
    sum(denominator) as denominator,
    case when count(*) = 1 and max(of_category) is null then max(value) end as value,
    case when count(*) = 1 and max(of_category) is null then max(symbol) end as symbol,
    max(value_low) as value_low,
    max(value_high) as value_high,
    bool_and(is_exact) as is_exact
from levels
group by kpi, level, team, category, period, period_end
