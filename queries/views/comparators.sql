-- The comparators that a council's charts draw: England, its region, the mean of its statistical neighbours.
select
    kpi,
    category,
    area_type,
    area_name,
    period_start,
    period_end,
    value,
    symbol,
    source,
    vintage
from benchmarks
where
    area_type = 'England'
    or (area_type = 'Region' and area_code = $region)
    or (area_type = 'Statistical neighbours' and area_code = $authority)
order by kpi, category, area_type, period_end
