/* Names whose numbers are the sums of all the others', in every period in which at least two others have any.
Reads `figures`: period_end, name, and one or two numbers. `numbers` are the different ones that were compared. */
with

by_name as (
    select
        period_end,
        name,
        sum(coalesce(first_number, 0)) as first_number,
        sum(coalesce(second_number, 0)) as second_number
    from figures
    group by period_end, name
),

by_period as (
    select
        period_end,
        sum(first_number) as first_number,
        sum(second_number) as second_number,
        count(*) filter (where first_number > 0 or second_number > 0) as names
    from by_name
    group by period_end
),

compared as (
    select
        by_name.name,
        by_name.first_number,
        by_name.second_number,
        by_period.first_number - 2 * by_name.first_number as first_gap,
        by_period.second_number - 2 * by_name.second_number as second_gap
    from by_name
    inner join by_period
        on by_name.period_end = by_period.period_end
    where by_period.names > 2 and (by_name.first_number > 0 or by_name.second_number > 0)
)

select
    name,
    count(distinct first_number) + count(distinct nullif(second_number, 0)) as numbers
from compared
group by name
having bool_and(abs(first_gap) < 0.000001 and abs(second_gap) < 0.000001)
order by name
