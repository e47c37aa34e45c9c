-- What protection starts from: one row per KPI, month, team and category of the edition's monthly extracts, its workers
-- added up. A figure published without its parts has no counts and is left out.
select
    kpi,
    period_end,
    team,
    category,
    cast(sum(numerator) as double) as numerator,
    cast(sum(denominator) as double) as denominator
from extracts
where kpi in (select unnest($kpis)) and period = 'month' and numerator is not null
group by kpi, period_end, team, category
order by kpi, period_end, team nulls first, category nulls first
