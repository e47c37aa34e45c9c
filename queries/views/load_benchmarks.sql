-- The comparators of an edition as its benchmarks.parquet holds them, in the types of create_benchmarks.
select
    cast(kpi as varchar) as kpi,
    cast(category as varchar) as category,
    cast(area_type as varchar) as area_type,
    cast(area_code as varchar) as area_code,
    cast(area_name as varchar) as area_name,
    cast(period_start as date) as period_start,
    cast(period_end as date) as period_end,
    cast(value as double) as value,
    cast(symbol as varchar) as symbol,
    cast(source as varchar) as source,
    cast(vintage as varchar) as vintage
from read_parquet($file)
