/*---
description = "One row per child and month end at which the child has an allocated worker: that worker and their team."
sources = []
uses = ["months", "allocations"]
---*/
select
    months.period_end,
    allocations.person_id,
    allocations.worker,
    allocations.team
from months
inner join allocations
    on
        months.period_end >= allocations.start_date
        and (allocations.end_date is null or months.period_end < allocations.end_date)
