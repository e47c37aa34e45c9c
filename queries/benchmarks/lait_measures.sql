-- The measures that were loaded from the Local Authority Interactive Tool.
select distinct measure
from lait_cells
order by measure
