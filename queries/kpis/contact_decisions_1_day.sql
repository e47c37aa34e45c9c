/*---
title = "Contacts decided within one working day"
question = "When someone contacts us about a child, do we decide what to do by the next working day?"
unit = "percent"
better = "higher"
timing = "flow"
counts = "children"
children_of = "children with a contact"
numerator = "Of those, contacts decided on within one working day"
denominator = "Contacts received in the month whose next working day has passed"
definition = "Working Together to Safeguard Children: within one working day of a referral being received, a social worker decides about the next steps. Counted for every contact about a child by the day it was received (day 0; weekends and England's bank holidays do not count), one for each child as in contacts received. A contact whose next working day is not over by the edition date is left out, decided on or not; one without a decision is not in time. Starts with the decisions' records."
caveats = "A decision dated before its contact is an error in the record: the contact is counted, but not as in time. The team is the one that decided, else the one that held the child's case on the day of the contact; so is the worker."
sources = ["contact_decisions", "ssd_contacts"]
[benchmarks]
note = "No comparator: decisions on contacts are not published."
---*/
with

contacts as (
    select
        cont_contact_id as contact_id,
        cont_person_id as person_id,
        cont_contact_date as contact_date,
        row_number() over (
            partition by cont_contact_id, cont_person_id
            order by cont_contact_date asc nulls last
        ) as choice
    from ssd_contacts
    where cont_contact_id is not null
),

decisions as (
    select
        contact_decisions.contact_id,
        contact_decisions.decision_date,
        coalesce(team_names.team, contact_decisions.team) as team,
        row_number() over (
            partition by contact_decisions.contact_id
            order by contact_decisions.decision_date asc nulls last, contact_decisions.team asc nulls last
        ) as choice
    from contact_decisions
    left join team_names
        on contact_decisions.team = team_names.team_id
    where contact_decisions.contact_id is not null
),

due as (
    select
        months.authority,
        months.period_end,
        contacts.contact_id,
        contacts.person_id,
        contacts.contact_date,
        council.last_day,
        received.working_day_number
    from contacts
    inner join months
        on contacts.contact_date between months.month_start and months.period_end
    inner join coverage
        on
            coverage.source = 'contact_decisions'
            and months.period_end >= coverage.first_period_end
    inner join working_days as received
        on contacts.contact_date = received.day
    cross join council
    inner join working_days as latest
        on council.last_day = latest.day
    where
        contacts.choice = 1
        and latest.working_day_number - received.working_day_number >= 1
),

final as (
    select
        due.authority,
        due.period_end,
        coalesce(decisions.team, allocations.team) as team,
        allocations.worker,
        due.person_id,
        case
            when
                decisions.decision_date between due.contact_date and due.last_day
                and decided.working_day_number - due.working_day_number <= 1
                then 1
            else 0
        end as is_in_time
    from due
    left join decisions
        on
            due.contact_id = decisions.contact_id
            and decisions.choice = 1
    left join working_days as decided
        on decisions.decision_date = decided.day
    left join allocations
        on
            due.person_id = allocations.person_id
            and due.contact_date >= allocations.start_date
            and (allocations.end_date is null or due.contact_date < allocations.end_date)
)

select
    authority,
    period_end,
    team,
    worker,
    cast(null as varchar) as category,
    list(person_id) filter (where is_in_time = 1) as children,
    list(person_id) filter (where is_in_time = 0) as other_children,
    cast(sum(is_in_time) as double) as numerator,
    cast(count(*) as double) as denominator
from final
group by authority, period_end, team, worker
