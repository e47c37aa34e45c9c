/*---
title = "Neglect tool used in assessments that found neglect"
question = "When we see neglect, do we measure it so that everyone sees the same?"
unit = "percent"
better = "higher"
timing = "flow"
counts = "children"
children_of = "children assessed"
part_of = "children assessed"
numerator = "Of them, assessments in which the council's neglect tool was used"
denominator = "Assessments authorised in the month with neglect among their factors (16A)"
definition = "Neglect is factor 16A of DfE's children in need census, identified at the end of assessment. The tool is the one the council chose (Graded Care Profile or another), recorded against the assessment. Counted in the month in which the assessment was authorised."
caveats = "An assessment whose factors were not recorded is not counted. The tool counts if it was used by the edition's date. Assessments are counted in the team in which they were authorised."
sources = ["ssd_cin_assessments", "ssd_assessment_factors", "assessment_tools"]
[benchmarks]
note = "No comparator: the use of tools in assessments is not published."
---*/
with

neglect as (
    select assessment_id
    from assessment_factors
    where factor = '16A'
),

used as (
    select distinct assessment_tools.assessment_id
    from assessment_tools
    cross join council
    where
        lower(assessment_tools.tool) = 'neglect'
        and (assessment_tools.used_date is null or assessment_tools.used_date <= council.last_day)
)

select
    assessments.authority,
    assessments.period_end,
    assessments.team,
    assessments.worker,
    cast(null as varchar) as category,
    list(assessments.person_id) filter (where used.assessment_id is not null) as children,
    list(assessments.person_id) filter (where (used.assessment_id is not null) is not true) as other_children,
    cast(sum(case when used.assessment_id is null then 0 else 1 end) as double) as numerator,
    cast(count(*) as double) as denominator
from authorised_assessments as assessments
inner join neglect
    on assessments.assessment_id = neglect.assessment_id
left join used
    on assessments.assessment_id = used.assessment_id
group by
    assessments.authority,
    assessments.period_end,
    assessments.team,
    assessments.worker
