-- The months in which a count's events did not happen: one row of 0 per month after the count's first, up to the last that
-- its sources cover ($last), without any row in `computed`; of each category it has, where it has any.
with

first_months as (
    select
        authority,
        min(period_end) as period_end
    from computed
    group by authority
),

categories as (
    select distinct category
    from computed
    where category is not null
    union all
    select null as category
    from computed
    having count(category) = 0
),

counted as (
    select distinct
        period_end,
        category
    from computed
)

select
    first_months.authority,
    months.period_end,
    categories.category,
    0 as numerator
from first_months
inner join months
    on
        first_months.period_end <= months.period_end
        and months.period_end <= $last
cross join categories
left join counted
    on
        months.period_end = counted.period_end
        and categories.category is not distinct from counted.category
where counted.period_end is null
