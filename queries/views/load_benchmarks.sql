-- The comparators of an edition as its benchmarks.parquet holds them.
select
    kpi,
    category,
    area_type,
    area_code,
    area_name,
    period_start,
    period_end,
    value,
    symbol,
    source,
    vintage
from read_parquet($file)
