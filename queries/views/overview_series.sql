-- Series for pages that show several KPIs: one row per KPI, level and period; the service, one team of it where
-- one is chosen, and the category that stands for a KPI known only by category.
select
    figures.kpi,
    figures.level,
    figures.team,
    figures.category,
    figures.period,
    figures.period_end,
    figures.numerator,
    figures.denominator,
    figures.value,
    figures.symbol,
    figures.value_low,
    figures.value_high,
    figures.is_exact
from figures
left join headlines
    on figures.kpi = headlines.kpi and figures.category = headlines.category
where
    figures.kpi in (select unnest($kpis))
    and figures.period_end <= cast($last as date)
    and (
        figures.level = 'service'
        or (figures.level = 'team' and figures.team = cast($team as varchar))
        or (figures.level = 'category' and headlines.kpi is not null)
    )
order by figures.kpi, figures.level, figures.period_end
