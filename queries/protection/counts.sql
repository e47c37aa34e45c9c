-- What protection starts from: one row per KPI, month, team and category of the edition's monthly extracts, its workers
-- added up. Where a figure has no numerator (suppressed at source, or published without its parts) the row is not whole:
-- its sum is too low. Extracts by quarter or year are left out.
select
    kpi,
    period_end,
    team,
    category,
    cast(coalesce(sum(numerator), 0) as double) as numerator,
    cast(sum(denominator) as double) as denominator,
    count(*) = count(numerator) as is_whole
from extracts
where kpi in (select unnest($kpis)) and period = 'month'
group by kpi, period_end, team, category
order by kpi, period_end, team nulls first, category nulls first
