/*---
title = "Moderation that agreed with the audit's grade"
question = "Do our auditors judge alike, so that we can trust the grades?"
unit = "percent"
better = "higher"
timing = "flow"
counts = "events"
children_of = "children whose audit was moderated"
protected_teams = false
numerator = "Of those, audits whose overall grade moderation left unchanged"
denominator = "Audits moderated in the month"
definition = "The council's own case audits: the overall grade before and after moderation, on Ofsted's four-point scale. Counted in the month in which the audit was moderated, whenever it was completed."
caveats = "An audit without a grade before or after moderation is left out. The team and worker are those of the audit; where it records none, those allocated to the child on the day of the moderation."
sources = ["audits"]
[benchmarks]
note = "No comparator: councils' own audits are not published."
---*/
with

moderated as (
    select
        audits.person_id,
        coalesce(team_names.team, audits.team) as team,
        audits.professional_id as worker,
        audits.moderated_date,
        lower(audits.grade) as grade,
        lower(audits.moderated_grade) as moderated_grade,
        row_number() over (
            partition by audits.audit_id
            order by audits.moderated_date asc, audits.grade asc, audits.moderated_grade asc
        ) as choice
    from audits
    left join team_names
        on audits.team = team_names.team_id
    where
        audits.audit_id is not null
        and audits.moderated_date is not null
        and lower(audits.grade) in ('outstanding', 'good', 'requires improvement', 'inadequate')
        and lower(audits.moderated_grade) in ('outstanding', 'good', 'requires improvement', 'inadequate')
)

select
    months.authority,
    months.period_end,
    coalesce(moderated.team, allocations.team) as team,
    coalesce(moderated.worker, allocations.worker) as worker,
    cast(null as varchar) as category,
    list(moderated.person_id) filter (where moderated.grade = moderated.moderated_grade) as children,
    list(moderated.person_id) filter (
        where (moderated.grade = moderated.moderated_grade) is not true
    ) as other_children,
    cast(sum(case when moderated.grade = moderated.moderated_grade then 1 else 0 end) as double) as numerator,
    cast(count(*) as double) as denominator
from moderated
inner join months
    on last_day(moderated.moderated_date) = months.period_end
left join allocations
    on
        moderated.person_id = allocations.person_id
        and moderated.moderated_date >= allocations.start_date
        and (allocations.end_date is null or moderated.moderated_date < allocations.end_date)
where moderated.choice = 1
group by
    months.authority,
    months.period_end,
    coalesce(moderated.team, allocations.team),
    coalesce(moderated.worker, allocations.worker)
