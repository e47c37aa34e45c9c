/*---
title = "Audits completed in the month planned"
question = "Are leaders looking at the quality of practice as often as they said they would?"
unit = "percent"
better = "higher"
timing = "flow"
counts = "events"
children_of = "children whose audit was planned"
protected_teams = false
numerator = "Audits planned for the month and completed in it"
denominator = "Audits planned for the month"
definition = "The council's own programme of case audits, which Ofsted's inspections of local authority children's services (ILACS) weigh as evidence of how well leaders know their practice. Counted in the month of the planned date; completed in that same calendar month, on whichever day."
caveats = "An audit completed in another month than planned, earlier or later, is not counted as completed in the month planned. The team and worker are those of the audit; where it records none, those allocated to the child on the planned date."
sources = ["audits"]
[benchmarks]
note = "No comparator: councils' own audits are not published."
---*/
with

planned as (
    select
        audits.person_id,
        coalesce(team_names.team, audits.team) as team,
        audits.professional_id as worker,
        audits.planned_date,
        audits.completed_date,
        row_number() over (
            partition by audits.audit_id
            order by audits.completed_date asc nulls last, audits.planned_date asc
        ) as choice
    from audits
    left join team_names
        on audits.team = team_names.team_id
    where audits.audit_id is not null and audits.planned_date is not null
)

select
    months.authority,
    months.period_end,
    coalesce(planned.team, allocations.team) as team,
    coalesce(planned.worker, allocations.worker) as worker,
    cast(null as varchar) as category,
    list(planned.person_id) filter (where last_day(planned.completed_date) = months.period_end) as children,
    list(planned.person_id) filter (
        where (last_day(planned.completed_date) = months.period_end) is not true
    ) as other_children,
    cast(sum(case when last_day(planned.completed_date) = months.period_end then 1 else 0 end) as double) as numerator,
    cast(count(*) as double) as denominator
from planned
inner join months
    on last_day(planned.planned_date) = months.period_end
left join allocations
    on
        planned.person_id = allocations.person_id
        and planned.planned_date >= allocations.start_date
        and (allocations.end_date is null or planned.planned_date < allocations.end_date)
where planned.choice = 1
group by
    months.authority,
    months.period_end,
    coalesce(planned.team, allocations.team),
    coalesce(planned.worker, allocations.worker)
