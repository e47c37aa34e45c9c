-- The rows of a protected.parquet, in its order.
select
    kpi,
    level,
    team,
    category,
    period_end,
    period,
    numerator,
    denominator,
    value,
    value_low,
    value_high,
    symbol
from read_parquet($file, file_row_number = true)
order by file_row_number
