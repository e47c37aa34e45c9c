/*---
title = "Children in care"
question = "How many children does the council look after?"
unit = "count"
better = "neither"
timing = "snapshot"
counts = "children"
children_of = "children in care"
numerator = "Children looked after at the month's end"
definition = "DfE children looked after return (SSDA903), section 22 of the Children Act 1989: children with an episode of care open on the day, each counted once. Series of short breaks (legal status V3 or V4) are left out, as in DfE's figures."
caveats = "The team and worker are those allocated to the child at the month's end. Shown per 10,000 children for the whole service where the plan gives the population aged 0 to 17."
sources = ["ssd_cla_episodes", "ssd_legal_status"]
[benchmarks]
file = "children_looked_after:rate"
lait = "LAC"
unit = "rate_per_10000"
own = {file = "children_looked_after:number", lait = "LACnum"}
note = "Published as a rate per 10,000 children aged 0 to 17 at 31 March: counts never compare between areas."
---*/
select
    months.authority,
    months.period_end,
    allocation_months.team,
    allocation_months.worker,
    cast(null as varchar) as category,
    cast(count(*) as double) as numerator,
    cast(null as double) as denominator
from in_care
inner join months
    on in_care.period_end = months.period_end
inner join coverage
    on
        coverage.source = 'ssd_cla_episodes'
        and months.period_end >= coverage.first_period_end
left join allocation_months
    on
        in_care.period_end = allocation_months.period_end
        and in_care.person_id = allocation_months.person_id
group by months.authority, months.period_end, allocation_months.team, allocation_months.worker
