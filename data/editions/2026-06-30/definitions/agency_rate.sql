/*---
title = "Agency social workers"
question = "How much of our social work depends on agency staff?"
unit = "percent"
better = "lower"
timing = "snapshot"
counts = "workers"
numerator = "Full-time equivalent of agency social workers at the month's end"
denominator = "Full-time equivalent of all social workers at the month's end: agency and in post"
definition = "DfE children's social work workforce census: agency social workers over agency and in-post social workers, in full-time equivalents. In post means employed by the council: never agency."
caveats = "Anyone not recorded as agency counts as employed. Shown by team, never for one worker."
sources = ["workforce"]
[benchmarks]
file = "workforce:agency_rate"
lait = "Work_Force_Agecy_Rate"
note = "DfE counts once a year, on 30 September."
---*/
with

social_workers as (
    select
        period_end,
        team,
        fte,
        case when is_agency then fte else 0 end as agency_fte
    from workers
    where is_social_worker and fte > 0
),

final as (
    select
        period_end,
        team,
        sum(agency_fte) as numerator,
        sum(fte) as denominator
    from social_workers
    group by period_end, team
)

select
    council.authority,
    final.period_end,
    final.team,
    cast(null as varchar) as worker,
    cast(null as varchar) as category,
    cast(final.numerator as double) as numerator,
    final.denominator
from final
cross join council
