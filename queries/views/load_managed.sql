-- What managers of exactly these teams may see of protected figures, from a protected_managers.parquet: one row per KPI,
-- level (service, category, team; changes) and April–March year, with the months of the shortest period that is given.
select
    kpi,
    level,
    year_end,
    case finest when 'month' then 1 when 'quarter' then 3 else 12 end as months
from read_parquet($file)
where own_teams = $own_teams
