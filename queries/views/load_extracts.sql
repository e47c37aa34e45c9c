-- Every KPI extract of an edition in one table: one row per KPI, period, team, worker and category.
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
    symbol
from read_parquet($files, filename = true, union_by_name = true)
