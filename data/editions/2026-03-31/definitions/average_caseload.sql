/*---
title = "Average caseload"
question = "Do social workers have few enough children to do good work with each?"
unit = "average"
better = "lower"
timing = "snapshot"
counts = "children"
children_of = "children with an allocated worker"
part_of = "children with an allocated worker"
numerator = "Children allocated to social workers at the month's end"
denominator = "Full-time equivalent of those social workers"
category = "Plan type"
definition = "DfE children's social work workforce census: cases held by social workers (agency workers too) in post with a full-time equivalent above 0 and one case or more, over their full-time equivalent. A child is a case of the one worker allocated at the month's end: the latest allocation, then the lowest id. By plan type, a worker's full-time equivalent is shared in proportion to their cases."
caveats = "A worker's team is the one in the workforce table, not the child's. Foster carers and adopters whom social workers hold as cases are in no record here: a social worker with such cases alone is left out, with others too shows fewer than they hold."
sources = ["ssd_involvements", "workforce"]
[benchmarks]
file = "workforce:caseload"
lait = "Work_Force_AvgNumCase_SW"
differs = "fostering and adoption cases too"
note = "DfE counts once a year, on 30 September, children and family social workers holding cases. Its cases are children, and also the foster carers and adopters of fostering and adoption social workers: own figures leave these out."
---*/
select
    council.authority,
    caseloads.period_end,
    caseloads.team,
    caseloads.worker,
    caseloads.plan_type as category,
    cast(caseloads.cases as double) as numerator,
    caseloads.fte * caseloads.cases / caseloads.worker_cases as denominator
from caseloads
cross join council
