-- The comparators of every KPI. One row a KPI, category, type of area, area and period.
-- A mean of statistical neighbours leaves out those without a figure, as the Local Authority Interactive Tool does.
create or replace table benchmarks as
with compared as (
    select
        comparators.kpi,
        comparators.category,
        figures.area_type,
        figures.area_code,
        areas.area_name,
        figures.period_start,
        figures.period_end,
        case comparators.transform
            when '100 - x' then round(100 - figures.value, 10)
            else figures.value
        end as value,
        case comparators.transform
            when '100 - x' then figures.denominator - figures.numerator
            else figures.numerator
        end as numerator,
        figures.denominator,
        figures.symbol,
        comparators.source
        || coalesce('; reported together with ' || figures.reported_with, '') as source,
        comparators.vintage
    from comparators
    inner join figures
        on
            comparators.publication = figures.publication
            and comparators.measure = figures.measure
    inner join areas
        on
            figures.area_type = areas.area_type
            and figures.area_code = areas.area_code
),

model_sizes as (
    select
        area_code,
        count(*) as neighbour_count
    from neighbours
    group by area_code
),

neighbour_means as (
    select
        compared.kpi,
        compared.category,
        'Statistical neighbours' as area_type,
        neighbours.area_code,
        'Statistical neighbours of ' || neighbours.area_name as area_name,
        compared.period_start,
        compared.period_end,
        round(favg(compared.value order by compared.area_code), 10) as value,
        cast(null as double) as numerator,
        cast(null as double) as denominator,
        case when count(compared.value) = 0 then 'x' end as symbol,
        any_value(comparators.source)
        || '; mean of ' || count(compared.value) || ' of ' || any_value(model_sizes.neighbour_count)
        || ' ' || any_value(neighbours.called) || ', those with a figure' as source,
        any_value(compared.vintage) as vintage
    from neighbours
    inner join model_sizes on neighbours.area_code = model_sizes.area_code
    inner join compared
        on
            neighbours.neighbour_code = compared.area_code
            and compared.area_type = 'Local authority'
    inner join comparators
        on
            compared.kpi = comparators.kpi
            and compared.category is not distinct from comparators.category
    group by
        compared.kpi,
        compared.category,
        neighbours.area_code,
        neighbours.area_name,
        compared.period_start,
        compared.period_end
),

final as (
    select * from compared
    union all by name
    select * from neighbour_means
)

select
    kpi,
    category,
    area_type,
    area_code,
    area_name,
    period_start,
    period_end,
    value,
    numerator,
    denominator,
    symbol,
    source,
    vintage
from final
where
    $everything
    or list_contains($only_areas, area_type)
    or list_contains($only_areas, area_code)
order by
    kpi,
    category nulls first,
    area_type,
    area_code,
    period_end
