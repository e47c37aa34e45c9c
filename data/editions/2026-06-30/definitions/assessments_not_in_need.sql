/*---
title = "Assessments that found a child not in need"
question = "How many families go through an assessment that leads to nothing?"
unit = "percent"
better = "neither"
timing = "flow"
counts = "children"
children_of = "children assessed"
numerator = "Of those, assessments with no further action"
denominator = "Assessments authorised in the month"
definition = "DfE children in need census: assessments completed (authorised) in the month, and those of them whose outcome is recorded as no further action: the child was found not to be in need. Many may mean that the front door sends on too much; few, that only the gravest cases are assessed."
caveats = "An assessment whose outcome is not recorded counts as one with further action. Assessments are counted in the month and team in which they were authorised."
sources = ["ssd_cin_assessments"]
[benchmarks]
note = "No comparator: the published share is of referrals, not of assessments."
---*/
select
    authority,
    period_end,
    team,
    worker,
    cast(null as varchar) as category,
    list(person_id) filter (where upper(outcome_nfa) in ('Y', 'YES')) as children,
    list(person_id) filter (where (upper(outcome_nfa) in ('Y', 'YES')) is not true) as other_children,
    cast(sum(case when upper(outcome_nfa) in ('Y', 'YES') then 1 else 0 end) as double) as numerator,
    cast(count(*) as double) as denominator
from authorised_assessments
group by
    authority,
    period_end,
    team,
    worker
