/*---
title = "Audits moderated"
question = "Does a second pair of eyes check what our auditors find?"
unit = "percent"
better = "higher"
timing = "flow"
counts = "events"
children_of = "children audited"
protected_teams = false
numerator = "Of those, audits moderated by the edition date"
denominator = "Audits completed in the month"
definition = "The council's own case audits: a moderator reads some of them again and grades them afresh. Counted in the month in which the audit was completed, moderated whenever that was by the edition date. A month is given when four weeks have passed since its end."
caveats = "Moderation takes some weeks, so a month may still rise in later editions: no control chart is drawn, which would call that a change. The team and worker are those of the audit; where it records none, those allocated to the child on the day it was completed."
sources = ["audits"]
control_chart = false
[ripens_after]
duty = "audits to be moderated"
days = 28
[benchmarks]
note = "No comparator: councils' own audits are not published."
---*/
select
    authority,
    period_end,
    team,
    worker,
    cast(null as varchar) as category,
    list(person_id) filter (where moderated_date is not null) as children,
    list(person_id) filter (where (moderated_date is not null) is not true) as other_children,
    cast(sum(case when moderated_date is not null then 1 else 0 end) as double) as numerator,
    cast(count(*) as double) as denominator
from completed_audits
group by
    authority,
    period_end,
    team,
    worker
