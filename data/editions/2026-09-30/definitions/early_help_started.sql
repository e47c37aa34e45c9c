/*---
title = "Early help episodes started"
question = "How many families get help early, and who leads it?"
unit = "count"
better = "higher"
timing = "flow"
seasonal = true
counts = "children"
children_of = "children starting early help"
numerator = "Early help episodes started in the month"
category = "Who leads it"
definition = "Working Together to Safeguard Children: early help that an organisation leads for a child and family, by the day the episode started, one for each child. What kind of organisation leads it (council, school, health, voluntary, other) is what the council's list of organisations says of the name recorded."
caveats = "An episode whose organisation is not recorded or not in the list has no kind. The worker is the episode's own, else the one who held the child's case that day; the team is the one that held the case, so most episodes have none."
sources = ["ssd_early_help_episodes", "organisations"]
[benchmarks]
note = "No comparator: early help is not published, and councils record it differently."
---*/
select
    authority,
    period_end,
    team,
    worker,
    kind as category,
    list(person_id) as children,
    cast(count(*) as double) as numerator,
    cast(null as double) as denominator
from early_help_starts
group by
    authority,
    period_end,
    team,
    worker,
    kind
