/*---
for_each = "volume"
title = "Far fewer $table_words than usual in the latest month"
severity = "warning"
doubt = true
message = "rows in the latest month are far fewer than usual: the extract may be incomplete"
allowed = "as many as the months before let expect"
advice = "Ask whether everything of the month was recorded and extracted when the file was made. If so, the fall is real and worth the board's attention; if not, extract again."
[parameters]
months_before = 24
fewest_months = 12
least_median = 20
median_share = 0.4
limit_factor = 2.66
season_share = 0.8
---*/
with

counted as (
    select
        date_trunc('month', checked.$dated_by) as month_start,
        count(*) as how_many
    from $this_table as checked
    cross join edition
    where
        checked.$dated_by >= edition.latest_month - to_months(cast($months_before as integer))
        and checked.$dated_by < edition.latest_month + interval 1 month
    group by date_trunc('month', checked.$dated_by)
),

months as (
    select
        edition.latest_month,
        edition.latest_month - to_months(cast(steps.back as integer)) as month_start,
        steps.back
    from edition
    cross join range(0, cast($months_before as integer) + 1) as steps (back)
),

series as (
    select
        months.back,
        months.latest_month,
        coalesce(counted.how_many, 0) as how_many,
        lag(coalesce(counted.how_many, 0)) over (order by months.month_start) as how_many_before
    from months
    left join counted
        on months.month_start = counted.month_start
    where months.month_start >= (select min(known.month_start) from counted as known)
),

judged as (
    select
        max(latest_month) as latest_month,
        coalesce(max(how_many) filter (back = 0), 0) as newest,
        max(how_many) filter (back = 12) as year_before,
        count(*) filter (back > 0) as months_known,
        min(how_many) filter (back between 1 and 12) as least_of_year,
        median(how_many) filter (back > 0) as usual,
        avg(how_many) filter (back > 0)
        - $limit_factor * avg(abs(how_many - how_many_before)) filter (back > 0) as lower_limit
    from series
)

select
    cast(null as bigint) as _id,
    concat(
        format('{:,}', newest),
        ' in ',
        strftime(latest_month, '%B %Y'),
        ', ',
        cast(round(100 * (1 - newest / usual)) as integer),
        '% below the usual ',
        format('{:,}', cast(round(usual) as bigint))
    ) as value
from judged
where
    months_known >= $fewest_months
    and usual >= $least_median
    and (newest < lower_limit or newest < $median_share * usual)
    and newest < $season_share * coalesce(year_before, usual)
    and (newest > 0 or least_of_year = 0)
