-- Every authority's own published figures, by the KPI-extract contract: one row an authority, KPI, period and category.
-- From the authority's first year in a series on, a year that others have and it has not is a row without a figure,
-- marked x (not available). Parts are kept for a whole KPI only: a KPI published by category has no published total,
-- and its categories must not be added up to one.
create table own_figures as
with compared as (
    select
        own_series.kpi,
        own_series.category,
        figures.unit,
        figures.area_code,
        figures.period_end,
        case own_series.transform
            when '100 - x' then round(100 - figures.value, 10)
            else figures.value
        end as value,
        case own_series.transform
            when '100 - x' then figures.denominator - figures.numerator
            else figures.numerator
        end as numerator,
        figures.denominator,
        figures.symbol,
        figures.reported_with
    from own_series
    inner join figures
        on
            own_series.publication = figures.publication
            and own_series.measure = figures.measure
    where figures.area_type = 'Local authority'
),

years as (
    select distinct
        kpi,
        category,
        period_end
    from compared
    where value is not null
),

started as (
    select
        kpi,
        area_code,
        min(period_end) as first_period_end
    from compared
    group by
        kpi,
        area_code
),

expected as (
    select
        started.kpi,
        started.area_code,
        years.category,
        years.period_end
    from started
    inner join years
        on
            started.kpi = years.kpi
            and started.first_period_end <= years.period_end
    union
    select
        kpi,
        area_code,
        category,
        period_end
    from compared
)

select
    expected.kpi,
    expected.area_code as authority,
    expected.period_end,
    'year' as period,
    cast(null as varchar) as team,
    cast(null as varchar) as worker,
    expected.category,
    case
        when compared.unit = 'count' then compared.value
        when expected.category is null then compared.numerator
    end as numerator,
    case when compared.unit <> 'count' and expected.category is null then compared.denominator end as denominator,
    case
        when compared.unit <> 'count' and (compared.numerator is null or expected.category is not null)
            then compared.value
    end as value,
    case
        when compared.kpi is null then 'x'
        when compared.value is null then coalesce(compared.symbol, 'x')
    end as symbol,
    compared.reported_with
from expected
left join compared
    on
        expected.kpi = compared.kpi
        and expected.area_code = compared.area_code
        and expected.category is not distinct from compared.category
        and expected.period_end = compared.period_end
order by
    expected.area_code,
    expected.kpi,
    expected.period_end,
    expected.category nulls first
