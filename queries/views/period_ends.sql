-- One row per period end that any extract has a figure for.
select distinct period_end
from figures
order by period_end
