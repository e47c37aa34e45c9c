/*---
title = "Audits graded inadequate"
question = "Is any practice failing children?"
unit = "percent"
better = "lower"
timing = "flow"
counts = "events"
children_of = "children audited"
protected_teams = false
numerator = "Audits completed in the month with an overall grade of inadequate"
denominator = "Audits completed in the month with an overall grade"
definition = "The council's own case audits, graded on Ofsted's four-point scale: outstanding, good, requires improvement, inadequate. Counted in the month in which the audit was completed, with the auditor's overall grade."
caveats = "The grade is the one before moderation. An audit without one of the four grades is left out. The team and worker are those of the audit; where it records none, those allocated to the child on the day it was completed."
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
    list(person_id) filter (where grade = 'inadequate') as children,
    list(person_id) filter (where (grade = 'inadequate') is not true) as other_children,
    cast(sum(case when grade = 'inadequate' then 1 else 0 end) as double) as numerator,
    cast(count(*) as double) as denominator
from completed_audits
where grade is not null
group by
    authority,
    period_end,
    team,
    worker
