-- One row per kind of period that the extracts have.
select distinct period
from extracts
where is_shown
order by period
