-- The KPIs that have a comparator.
select distinct kpi
from benchmarks
order by kpi
