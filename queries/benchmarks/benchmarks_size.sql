-- How many rows and areas were put together.
select
    count(*) as benchmark_rows,
    count(distinct area_type || area_code) as benchmark_areas
from benchmarks
