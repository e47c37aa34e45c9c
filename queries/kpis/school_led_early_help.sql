/*---
title = "Early help led by schools"
question = "Do schools take the lead when a family needs help early?"
unit = "percent"
better = "higher"
timing = "flow"
seasonal = true
counts = "children"
children_of = "children starting early help"
numerator = "Of them, episodes led by a school"
denominator = "Early help episodes started in the month"
definition = "Working Together to Safeguard Children: early help that an organisation leads for a child and family, by the day the episode started, one for each child. An organisation is a school where the council's list of organisations says so of the name recorded."
caveats = "An episode whose organisation is not recorded, or not in the list, counts as not led by a school. The worker is the episode's own, else the one who held the child's case that day; the team is the one that held the case, so most episodes have none."
sources = ["ssd_early_help_episodes", "organisations"]
[benchmarks]
note = "No comparator: early help is not published, and councils record it differently."
---*/
select
    authority,
    period_end,
    team,
    worker,
    cast(null as varchar) as category,
    list(person_id) filter (where kind = 'school') as children,
    list(person_id) filter (where (kind = 'school') is not true) as other_children,
    cast(sum(case when kind = 'school' then 1 else 0 end) as double) as numerator,
    cast(count(*) as double) as denominator
from early_help_starts
group by
    authority,
    period_end,
    team,
    worker
