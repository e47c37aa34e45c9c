/*---
title = "Agency social workers here for a year or more"
question = "Do the agency social workers we rely on stay?"
unit = "percent"
better = "higher"
timing = "snapshot"
counts = "workers"
numerator = "Of those, agency social workers who started 12 months before the month's end or earlier"
denominator = "Agency social workers in the council at the month's end (heads)"
definition = "DfE children's social work workforce census: agency social workers in the council on the day, each counted once whatever their hours. Their time in the council runs from the start date in the workforce table, in calendar months."
caveats = "An agency worker whose start is not recorded is counted, but not as here for a year. Someone who left and came back counts from the latest start. Shown by team, never for one worker."
sources = ["workforce"]
[benchmarks]
note = "No comparator: how long agency workers stay is not published."
---*/
with

agency_workers as (
    select
        period_end,
        team,
        case when start_date <= period_end - interval 12 month then 1 else 0 end as is_here_a_year
    from workers
    where is_social_worker and is_agency
),

final as (
    select
        period_end,
        team,
        sum(is_here_a_year) as numerator,
        count(*) as denominator
    from agency_workers
    group by period_end, team
)

select
    council.authority,
    final.period_end,
    final.team,
    cast(null as varchar) as worker,
    cast(null as varchar) as category,
    cast(final.numerator as double) as numerator,
    cast(final.denominator as double) as denominator
from final
cross join council
