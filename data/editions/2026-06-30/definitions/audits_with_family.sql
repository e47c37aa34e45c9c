/*---
title = "Audits with the family's feedback"
question = "Do we ask families when we judge our work?"
unit = "percent"
better = "higher"
timing = "flow"
counts = "events"
children_of = "children audited"
protected_teams = false
numerator = "Of those, audits with the family's feedback"
denominator = "Audits completed in the month"
definition = "The council's own case audits: whether what the child, parents or carers say about the help they got is part of the audit. Counted in the month in which the audit was completed; nothing recorded counts as without."
caveats = "The team and worker are those of the audit; where it records none, those allocated to the child on the day it was completed."
sources = ["audits"]
[benchmarks]
note = "No comparator: councils' own audits are not published."
---*/
select
    authority,
    period_end,
    team,
    worker,
    cast(null as varchar) as category,
    list(person_id) filter (where has_family_feedback) as children,
    list(person_id) filter (where has_family_feedback is not true) as other_children,
    cast(sum(case when has_family_feedback then 1 else 0 end) as double) as numerator,
    cast(count(*) as double) as denominator
from completed_audits
group by
    authority,
    period_end,
    team,
    worker
