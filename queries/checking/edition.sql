/* The edition's day, and the first day of the latest month that is over by then. */
select
    $edition as day,
    cast(
        case
            when last_day($edition) = $edition then date_trunc('month', $edition)
            else date_trunc('month', $edition) - interval 1 month
        end as date
    ) as latest_month
