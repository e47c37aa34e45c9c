/*---
title = "Assessments that found domestic abuse"
question = "How often is domestic abuse part of a child's life?"
unit = "percent"
better = "neither"
timing = "flow"
counts = "children"
children_of = "children assessed"
part_of = "children assessed"
numerator = "Of those, assessments with domestic abuse of the child, a parent or another person in the household (factors 3A, 3B, 3C)"
denominator = "Assessments authorised in the month with factors recorded"
definition = "DfE children in need census: factors identified at the end of assessment. Any of 3A, 3B and 3C counts an assessment once. Factor 21 (none identified) is a factor recorded; an assessment with an empty list, or an object of codes that are all No, has none recorded and is left out."
caveats = "Assessments are counted in the month and team in which they were authorised."
sources = ["ssd_cin_assessments", "ssd_assessment_factors"]
[benchmarks]
note = "No comparator: factors 3A, 3B and 3C are published apart and never added up."
---*/
with

assessed as (
    select
        assessment_id,
        max(case when factor in ('3A', '3B', '3C') then 1 else 0 end) as is_domestic_abuse
    from assessment_factors
    group by assessment_id
)

select
    assessments.authority,
    assessments.period_end,
    assessments.team,
    assessments.worker,
    cast(null as varchar) as category,
    list(assessments.person_id) filter (where assessed.is_domestic_abuse = 1) as children,
    list(assessments.person_id) filter (where assessed.is_domestic_abuse = 0) as other_children,
    cast(sum(assessed.is_domestic_abuse) as double) as numerator,
    cast(count(*) as double) as denominator
from authorised_assessments as assessments
inner join assessed
    on assessments.assessment_id = assessed.assessment_id
group by
    assessments.authority,
    assessments.period_end,
    assessments.team,
    assessments.worker
