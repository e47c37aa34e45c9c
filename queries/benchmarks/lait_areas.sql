-- Areas as the Local Authority Interactive Tool writes them.
select distinct
    area_name,
    la_number
from lait_cells
order by all
