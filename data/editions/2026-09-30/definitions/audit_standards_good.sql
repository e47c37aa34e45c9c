/*---
title = "Audit standards graded good or outstanding"
question = "Which parts of our practice are good, and which are not yet?"
unit = "percent"
better = "higher"
timing = "flow"
counts = "events"
children_of = "children audited, by standard"
protected_teams = false
numerator = "Of those, standards graded good or outstanding"
denominator = "Standards graded in audits completed in the month (an audit has several)"
category = "Standard"
definition = "The council's own case audits grade several standards (assessment, plan, chronology, voice of the child, supervision, management oversight) on Ofsted's four-point scale: outstanding, good, requires improvement, inadequate. Each standard graded counts in the month in which its audit was completed."
caveats = "A standard without one of the four grades is left out, and so is one whose audit is not recorded as completed. The team and worker are those of the audit; where it records none, those allocated to the child on the day it was completed."
sources = ["audit_standards", "audits"]
[benchmarks]
note = "No comparator: councils' own audits are not published."
---*/
with

graded as (
    select
        audit_id,
        standard,
        lower(grade) as grade,
        row_number() over (partition by audit_id, standard order by lower(grade) asc) as choice
    from audit_standards
    where
        standard is not null
        and lower(grade) in ('outstanding', 'good', 'requires improvement', 'inadequate')
)

select
    completed_audits.authority,
    completed_audits.period_end,
    completed_audits.team,
    completed_audits.worker,
    graded.standard as category,
    list(completed_audits.person_id) filter (where graded.grade in ('outstanding', 'good')) as children,
    list(completed_audits.person_id) filter (
        where (graded.grade in ('outstanding', 'good')) is not true
    ) as other_children,
    cast(sum(case when graded.grade in ('outstanding', 'good') then 1 else 0 end) as double) as numerator,
    cast(count(*) as double) as denominator
from graded
inner join completed_audits
    on graded.audit_id = completed_audits.audit_id
where graded.choice = 1
group by
    completed_audits.authority,
    completed_audits.period_end,
    completed_audits.team,
    completed_audits.worker,
    graded.standard
