-- One row per KPI extract: how many rows it has.
select
    parse_filename(filename, true) as kpi,
    count(*) as extract_rows
from read_parquet($files, filename = true)
group by kpi
