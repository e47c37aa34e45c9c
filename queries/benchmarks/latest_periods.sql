-- The last day of the latest period of each publication that has a figure.
select
    publication,
    max(period_end) as latest
from figures
where value is not null
group by publication
order by publication
