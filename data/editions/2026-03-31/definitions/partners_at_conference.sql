/*---
title = "Partners at child protection conferences"
question = "Do the agencies that know the child come to the conference, or write?"
unit = "percent"
better = "higher"
timing = "flow"
counts = "events"
children_of = "children of a conference to which partners were invited"
numerator = "Of them, invitations whose agency attended or sent a report"
denominator = "Invitations of agencies to child protection conferences held in the month"
category = "Agency"
definition = "Working Together to Safeguard Children: those who work with the child and family contribute to the conference, in person or with a report. An invitation counts once, also when the agency did both; counted in the month in which the conference was held."
caveats = "Neither recorded counts as not there. An agency that was not invited is not counted. The team and worker are those allocated to the child on the day of the conference."
sources = ["conference_attendance"]
[benchmarks]
note = "No comparator: attendance at conferences is not published."
---*/
with

invitations as (
    select
        person_id,
        conference_date,
        lower(agency) as agency,
        case when attended_flag = 'Y' or report_flag = 'Y' then 1 else 0 end as took_part,
        row_number() over (
            partition by invitation_id
            order by conference_date asc, attended_flag desc nulls last, report_flag desc nulls last
        ) as choice
    from conference_attendance
    where invitation_id is not null and conference_date is not null
)

select
    months.authority,
    months.period_end,
    allocations.team,
    allocations.worker,
    invitations.agency as category,
    list(invitations.person_id) filter (where invitations.took_part = 1) as children,
    list(invitations.person_id) filter (where invitations.took_part = 0) as other_children,
    cast(sum(invitations.took_part) as double) as numerator,
    cast(count(*) as double) as denominator
from invitations
inner join months
    on last_day(invitations.conference_date) = months.period_end
left join allocations
    on
        invitations.person_id = allocations.person_id
        and invitations.conference_date >= allocations.start_date
        and (allocations.end_date is null or invitations.conference_date < allocations.end_date)
where invitations.choice = 1
group by months.authority, months.period_end, allocations.team, allocations.worker, invitations.agency
