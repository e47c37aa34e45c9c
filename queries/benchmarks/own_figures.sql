-- Every authority's own published figures, by the KPI-extract contract: one row an authority, KPI, period and category.
-- From the authority's first year in a series on, a year that others have and it has not is a row without a figure,
-- marked x (not available). A rate is the published one: worked out again from its published parts it may differ in the
-- last place (Trafford's caseload of 2024 is published as 13.7, and 1,133 cases over 82.4 workers is 13.75). So it is a
-- value without parts, which nobody adds up: a KPI published by category has no published total.
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
    case when compared.unit = 'count' then compared.value end as numerator,
    cast(null as double) as denominator,
    case when compared.unit <> 'count' then compared.value end as value,
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
