-- One row per kind of period that the extracts have.
select distinct period
from figures
order by period
