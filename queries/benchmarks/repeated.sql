-- An area and period that stands in more than one row of the same measure. The rows returned are the failures.
select
    publication,
    measure,
    area_code,
    period_end,
    list(line order by line) as lines
from figures
group by
    publication,
    measure,
    area_code,
    period_end
having count(*) > 1
order by
    publication,
    measure,
    area_code,
    period_end
