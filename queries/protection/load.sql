-- The KPI extracts that protection starts from, in one table: one row per KPI, period, team, worker and category.
select
    parse_filename(filename, true) as kpi,
    period_end,
    period,
    team,
    category,
    numerator,
    denominator,
    value,
    symbol
from read_parquet($files, filename = true, union_by_name = true)
