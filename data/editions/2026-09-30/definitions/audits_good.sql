/*---
title = "Audits graded good or outstanding"
question = "Is practice with children consistently good?"
unit = "percent"
better = "higher"
timing = "flow"
counts = "events"
children_of = "children audited"
protected_teams = false
numerator = "Audits completed in the month with an overall grade of good or outstanding"
denominator = "Audits completed in the month with an overall grade"
category = "Case type"
definition = "The council's own case audits, graded on Ofsted's four-point scale: outstanding, good, requires improvement, inadequate. Counted in the month in which the audit was completed, with the auditor's overall grade."
caveats = "The grade is the one before moderation. An audit without one of the four grades is left out. The team and worker are those of the audit; where it records none, those allocated to the child on the day it was completed."
sources = ["audits"]
[benchmarks]
note = "No comparator: councils' own audits are not published."
---*/
with

graded as (
    select
        audits.person_id,
        coalesce(team_names.team, audits.team) as team,
        audits.professional_id as worker,
        audits.case_type,
        audits.completed_date,
        lower(audits.grade) as grade,
        row_number() over (
            partition by audits.audit_id
            order by audits.completed_date asc, audits.grade asc
        ) as choice
    from audits
    left join team_names
        on audits.team = team_names.team_id
    where
        audits.audit_id is not null
        and audits.completed_date is not null
        and lower(audits.grade) in ('outstanding', 'good', 'requires improvement', 'inadequate')
)

select
    months.authority,
    months.period_end,
    coalesce(graded.team, allocations.team) as team,
    coalesce(graded.worker, allocations.worker) as worker,
    graded.case_type as category,
    list(graded.person_id) filter (where graded.grade in ('outstanding', 'good')) as children,
    list(graded.person_id) filter (where (graded.grade in ('outstanding', 'good')) is not true) as other_children,
    cast(sum(case when graded.grade in ('outstanding', 'good') then 1 else 0 end) as double) as numerator,
    cast(count(*) as double) as denominator
from graded
inner join months
    on last_day(graded.completed_date) = months.period_end
left join allocations
    on
        graded.person_id = allocations.person_id
        and graded.completed_date >= allocations.start_date
        and (allocations.end_date is null or graded.completed_date < allocations.end_date)
where graded.choice = 1
group by
    months.authority,
    months.period_end,
    coalesce(graded.team, allocations.team),
    coalesce(graded.worker, allocations.worker),
    graded.case_type
