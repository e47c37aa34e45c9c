-- The areas that stand in the publications' files, with the latest year in which each is written so.
select
    cells.level,
    cells.region_code,
    cells.region_name,
    cells.la_number,
    cells.la_code,
    cells.la_name,
    min(cells.publication) as publication,
    min(cells.line) as line,
    max(periods.period_end) as latest
from cells
inner join measures on cells.publication = measures.publication
inner join periods
    on
        measures.year_type = periods.year_type
        and cells.time_period = periods.year
group by
    cells.level,
    cells.region_code,
    cells.region_name,
    cells.la_number,
    cells.la_code,
    cells.la_name
order by all
