/*---
description = """One row per audit completed by the edition date, in the month in which it was completed: the grades in small letters (null:
not one of the four) and when it was moderated (null: not by the edition date). Team and worker are the audit's own, else those who
held the child's case that day."""
sources = []
uses = ["months", "team_names", "allocations"]
---*/
with

completed as (
    select
        audits.audit_id,
        audits.person_id,
        coalesce(team_names.team, audits.team) as team,
        audits.professional_id as worker,
        audits.completed_date,
        case
            when lower(audits.grade) in ('outstanding', 'good', 'requires improvement', 'inadequate')
                then lower(audits.grade)
        end as grade,
        case when audits.moderated_date <= council.last_day then audits.moderated_date end as moderated_date,
        coalesce(upper(audits.family_feedback_flag) in ('Y', 'YES'), false) as has_family_feedback,
        row_number() over (
            partition by audits.audit_id
            order by
                audits.completed_date asc,
                audits.grade asc nulls last,
                audits.moderated_date asc nulls last,
                audits.family_feedback_flag desc nulls last
        ) as choice
    from audits
    cross join council
    left join team_names
        on audits.team = team_names.team_id
    where audits.audit_id is not null and audits.completed_date is not null
)

select
    months.authority,
    months.period_end,
    completed.audit_id,
    completed.person_id,
    coalesce(completed.team, allocations.team) as team,
    coalesce(completed.worker, allocations.worker) as worker,
    completed.grade,
    completed.moderated_date,
    completed.has_family_feedback
from completed
inner join months
    on completed.completed_date between months.month_start and months.period_end
left join allocations
    on
        completed.person_id = allocations.person_id
        and completed.completed_date >= allocations.start_date
        and (allocations.end_date is null or completed.completed_date < allocations.end_date)
where completed.choice = 1
