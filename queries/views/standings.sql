-- Where the authority stands among all authorities and among its neighbours: one row per KPI and category, in the last
-- year it has a published figure for. Ranks are given from the lowest and from the highest; ties share the better rank.
with

figures as (
    select
        kpi,
        category,
        area_code,
        period_end,
        value,
        area_code = $authority as is_own,
        area_code = $authority or area_code in (select unnest($neighbours)) as is_near
    from benchmarks
    where area_type = 'Local authority' and value is not null
),

own_years as (
    select
        kpi,
        category,
        max(period_end) as period_end
    from figures
    where is_own
    group by kpi, category
),

ranked as (
    select
        figures.kpi,
        figures.category,
        figures.period_end,
        figures.is_own,
        rank() over (partition by figures.kpi, figures.category order by figures.value asc) as from_lowest,
        rank() over (partition by figures.kpi, figures.category order by figures.value desc) as from_highest,
        count(*) over (partition by figures.kpi, figures.category) as of_all,
        rank() over (
            partition by figures.kpi, figures.category, figures.is_near order by figures.value asc
        ) as near_from_lowest,
        rank() over (
            partition by figures.kpi, figures.category, figures.is_near order by figures.value desc
        ) as near_from_highest,
        count(*) over (partition by figures.kpi, figures.category, figures.is_near) as of_near
    from figures
    inner join own_years
        on
            figures.kpi = own_years.kpi
            and figures.category is not distinct from own_years.category
            and figures.period_end = own_years.period_end
)

select
    kpi,
    category,
    period_end,
    from_lowest,
    from_highest,
    of_all,
    near_from_lowest,
    near_from_highest,
    of_near
from ranked
where is_own
order by kpi, category
