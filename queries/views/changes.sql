-- What changed since the edition before, worst first, as worked out at publishing.
select *
from changes
order by position
