-- Every KPI extract of an edition in one table, for those who may see everything: one row per KPI, period, team, worker
-- and category. Each row is exact, and adds up to the figures of the service, its categories and its teams alike.
select
    parse_filename(filename, true) as kpi,
    authority,
    period_end,
    period,
    team,
    worker,
    category,
    numerator,
    denominator,
    value,
    symbol,
    cast(null as double) as value_low,
    cast(null as double) as value_high,
    true as is_exact,
    true as is_shown,
    true as in_service,
    true as in_categories,
    true as in_teams
from read_parquet($files, filename = true, union_by_name = true)
