/*---
title = "Social workers over the caseload limit"
question = "How many social workers hold more cases than we think safe?"
unit = "percent"
better = "lower"
timing = "snapshot"
counts = "workers"
numerator = "Case-holding social workers with more than 20 cases at the month's end"
denominator = "Case-holding social workers at the month's end"
definition = "Social workers as the DfE children's social work workforce census counts them for caseload: agency workers too, in post, with a full-time equivalent above 0 and one case or more. The limit (20 unless the plan sets limit_cases) is the same for part-time workers: cases are not scaled by full-time equivalent."
caveats = "A worker's team is the one in the workforce table. Foster carers and adopters whom social workers hold as cases are in no record here."
sources = ["ssd_involvements", "workforce"]
[parameters]
limit_cases = 20
[benchmarks]
note = "No comparator: how many cases each worker holds is not published."
---*/
with

holders as (
    select
        period_end,
        team,
        worker,
        sum(cases) as cases
    from caseloads
    group by period_end, team, worker
)

select
    council.authority,
    holders.period_end,
    holders.team,
    holders.worker,
    cast(null as varchar) as category,
    cast(case when holders.cases > $limit_cases then 1 else 0 end as double) as numerator,
    cast(1 as double) as denominator
from holders
cross join council
