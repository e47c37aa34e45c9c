-- One row per period end that any extract has a figure for.
select distinct period_end
from extracts
where is_shown
order by period_end
