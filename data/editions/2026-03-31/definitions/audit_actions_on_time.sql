/*---
title = "Actions from audits closed on time"
question = "Does what an audit finds get put right for the child?"
unit = "percent"
better = "higher"
timing = "flow"
counts = "events"
children_of = "children with an audit action due"
protected_teams = false
numerator = "Actions due in the month and closed by their due date"
denominator = "Actions from audits due in the month"
definition = "The council's own case audits: each action agreed has a due date. Counted in the month in which the due date falls; an action closed on the due date is on time, one still open is not."
caveats = "The team and worker are those of the audit the action came from; where it records none, those allocated to the child on the due date."
sources = ["audit_actions"]
[benchmarks]
note = "No comparator: councils' own audits are not published."
---*/
with

actions as (
    select
        audit_id,
        due_date,
        closed_date,
        row_number() over (partition by action_id order by closed_date asc nulls last, due_date asc) as choice
    from audit_actions
    where action_id is not null and due_date is not null
),

audited as (
    select
        audits.audit_id,
        audits.person_id,
        coalesce(team_names.team, audits.team) as team,
        audits.professional_id as worker,
        row_number() over (
            partition by audits.audit_id
            order by audits.completed_date asc nulls last, audits.planned_date asc
        ) as choice
    from audits
    left join team_names
        on audits.team = team_names.team_id
)

select
    months.authority,
    months.period_end,
    coalesce(audited.team, allocations.team) as team,
    coalesce(audited.worker, allocations.worker) as worker,
    cast(null as varchar) as category,
    list(audited.person_id) filter (where actions.closed_date <= actions.due_date) as children,
    list(audited.person_id) filter (where (actions.closed_date <= actions.due_date) is not true) as other_children,
    cast(sum(case when actions.closed_date <= actions.due_date then 1 else 0 end) as double) as numerator,
    cast(count(*) as double) as denominator
from actions
inner join months
    on last_day(actions.due_date) = months.period_end
left join audited
    on
        actions.audit_id = audited.audit_id
        and audited.choice = 1
left join allocations
    on
        audited.person_id = allocations.person_id
        and actions.due_date >= allocations.start_date
        and (allocations.end_date is null or actions.due_date < allocations.end_date)
where actions.choice = 1
group by
    months.authority,
    months.period_end,
    coalesce(audited.team, allocations.team),
    coalesce(audited.worker, allocations.worker)
