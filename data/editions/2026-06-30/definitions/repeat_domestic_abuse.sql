/*---
title = "Repeat contacts about domestic abuse"
question = "Does what we do about domestic abuse make it stop?"
unit = "percent"
better = "lower"
timing = "flow"
counts = "children"
children_of = "children with a contact about domestic abuse"
part_of = "children with a contact"
numerator = "Of those, contacts about a child with another contact about domestic abuse in the 12 months before"
denominator = "Contacts received in the month that are about domestic abuse"
definition = "Contacts about a child that were marked as about domestic abuse when it was decided what to do, by the day they were received; a contact about three children counts three times. The other one is of a day before, less than 12 months earlier by the calendar, as DfE counts re-referrals. Starts 12 months after the records of contacts and of decisions."
caveats = "A contact that does not say which child counts, but never as a repeat. A contact without a decision recorded is not known to be about domestic abuse. The team is the one that decided; where none is recorded, and for the worker, those allocated to the child on the day."
sources = ["ssd_contacts", "contact_decisions"]
[benchmarks]
note = "No comparator: contacts are not published, and councils record them differently."
---*/
with

decisions as (
    select
        contact_decisions.contact_id,
        coalesce(team_names.team, contact_decisions.team) as team,
        contact_decisions.domestic_abuse_flag,
        row_number() over (
            partition by contact_decisions.contact_id
            order by
                contact_decisions.domestic_abuse_flag desc nulls last,
                contact_decisions.decision_date asc nulls last,
                contact_decisions.team asc nulls last
        ) as choice
    from contact_decisions
    left join team_names
        on contact_decisions.team = team_names.team_id
    where contact_decisions.contact_id is not null
),

contacts as (
    select
        ssd_contacts.cont_person_id as person_id,
        ssd_contacts.cont_contact_date as contact_date,
        decisions.team,
        row_number() over (
            partition by ssd_contacts.cont_contact_id, ssd_contacts.cont_person_id
            order by ssd_contacts.cont_contact_date asc
        ) as choice
    from ssd_contacts
    inner join decisions
        on ssd_contacts.cont_contact_id = decisions.contact_id
    where
        decisions.choice = 1
        and decisions.domestic_abuse_flag = 'Y'
        and ssd_contacts.cont_contact_date is not null
),

days as (
    select distinct
        person_id,
        contact_date
    from contacts
    where choice = 1 and person_id is not null
),

earlier as (
    select
        person_id,
        contact_date,
        lag(contact_date) over (partition by person_id order by contact_date) as previous_date
    from days
),

covered as (
    select received.period_end
    from source_months as received
    inner join source_months as decided
        on
            received.period_end = decided.period_end
            and decided.source = 'contact_decisions'
    where
        received.source = 'ssd_contacts'
        and received.months_covered >= 12
        and decided.months_covered >= 12
)

select
    months.authority,
    months.period_end,
    coalesce(contacts.team, allocations.team) as team,
    allocations.worker,
    cast(null as varchar) as category,
    list(contacts.person_id) filter (
        where earlier.previous_date > contacts.contact_date - interval 12 month
    ) as children,
    list(contacts.person_id) filter (
        where (earlier.previous_date > contacts.contact_date - interval 12 month) is not true
    ) as other_children,
    cast(
        sum(case when earlier.previous_date > contacts.contact_date - interval 12 month then 1 else 0 end) as double
    ) as numerator,
    cast(count(*) as double) as denominator
from contacts
inner join months
    on last_day(contacts.contact_date) = months.period_end
inner join covered
    on months.period_end = covered.period_end
left join earlier
    on
        contacts.person_id = earlier.person_id
        and contacts.contact_date = earlier.contact_date
left join allocations
    on
        contacts.person_id = allocations.person_id
        and contacts.contact_date >= allocations.start_date
        and (allocations.end_date is null or contacts.contact_date < allocations.end_date)
where contacts.choice = 1
group by
    months.authority,
    months.period_end,
    coalesce(contacts.team, allocations.team),
    allocations.worker
