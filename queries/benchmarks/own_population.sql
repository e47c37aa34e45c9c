-- One authority's published population aged 0 to 17, by the year of the figures that use it.
select
    year(period_end) as population_year,
    cast(value as bigint) as population
from figures
where
    publication = 'children_looked_after'
    and measure = 'population'
    and area_code = $area_code
    and value > 0
order by period_end
