-- Every year as it is written, with the type of year it is of.
select distinct
    measures.publication,
    measures.year_type,
    cells.time_period as year
from cells
inner join measures on cells.publication = measures.publication
union
select distinct
    measures.publication,
    measures.year_type,
    lait_cells.year
from lait_cells
inner join measures
    on
        lait_cells.measure = measures.measure
        and measures.publication = 'lait'
order by all
