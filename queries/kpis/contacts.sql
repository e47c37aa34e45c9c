/*---
title = "Contacts received"
question = "How much comes to the front door, and from whom?"
unit = "count"
better = "neither"
timing = "flow"
seasonal = true
counts = "children"
children_of = "children with a contact"
numerator = "Contacts received in the month, one for each child"
category = "Source"
definition = "Contacts about a child, by the day they were received; a contact about three children counts three times. Sources are grouped as in the DfE children in need census guide (individual, school, education, health, housing, council, police, legal, other, anonymous, unknown); code 10, no code and unknown codes are unknown."
caveats = "A contact has no team of its own: it is shown in the team and with the worker who held the child's case that day, so most contacts about new children have none."
sources = ["ssd_contacts"]
[benchmarks]
note = "No comparator: contacts are not published, and councils record them differently."
---*/
with

contacts as (
    select
        cont_person_id as person_id,
        cont_contact_date as contact_date,
        cont_contact_source_code as source_code,
        row_number() over (
            partition by cont_contact_id, cont_person_id
            order by cont_contact_date asc nulls last, cont_contact_source_code asc nulls last
        ) as choice
    from ssd_contacts
    where cont_contact_id is not null
),

final as (
    select
        months.authority,
        months.period_end,
        allocations.team,
        allocations.worker,
        contacts.person_id,
        coalesce(source_groups.source_group, 'unknown') as category
    from contacts
    inner join months
        on contacts.contact_date between months.month_start and months.period_end
    left join source_groups
        on contacts.source_code = source_groups.code
    left join allocations
        on
            contacts.person_id = allocations.person_id
            and contacts.contact_date >= allocations.start_date
            and (allocations.end_date is null or contacts.contact_date < allocations.end_date)
    where contacts.choice = 1
)

select
    authority,
    period_end,
    team,
    worker,
    category,
    list(person_id) as children,
    cast(count(*) as double) as numerator,
    cast(null as double) as denominator
from final
group by
    authority,
    period_end,
    team,
    worker,
    category
