-- What is to be said about one authority's figures: one row a KPI and category.
with series as (
    select
        kpi,
        min(period_end) as first_period_end
    from own_figures
    where symbol is null
    group by kpi
)

select
    own_figures.kpi,
    own_figures.category,
    min(own_figures.period_end) as first_period_end,
    max(own_figures.period_end) as last_period_end,
    list(own_figures.period_end order by own_figures.period_end)
    filter (where own_figures.symbol is not null) as gap_period_ends,
    list(own_figures.symbol order by own_figures.period_end)
    filter (where own_figures.symbol is not null) as gap_symbols,
    max(own_figures.reported_with) as reported_with,
    any_value(series.first_period_end) as series_first_period_end
from own_figures
inner join series on own_figures.kpi = series.kpi
where own_figures.authority = $area_code
group by
    own_figures.kpi,
    own_figures.category
order by
    own_figures.kpi,
    own_figures.category nulls first
