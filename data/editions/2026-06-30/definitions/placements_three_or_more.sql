/*---
title = "Children in care with three or more placements in a year"
question = "Do children in care have a settled home?"
unit = "percent"
better = "lower"
timing = "snapshot"
counts = "children"
children_of = "children in care"
numerator = "Of them, those who lived in three or more placements in the 12 months to then"
denominator = "Children looked after at the month's end"
definition = "DfE children looked after statistics, placement stability: placements open at the start of the 12 months or begun in them. No new placement is made by one that starts and ends on the same day, a temporary one (T0 to T4) and the return from it to a placement of the same type, postcode and URN (SSDA903 rules 226 and 383), a change of status with the same carer (the placement before ended with reason PLACE), or an adoption placement with the current foster carer (A3, A5). Children in a series of short breaks are left out."
caveats = "The reason for a change stands on the placement that ends. A postcode or URN that is not recorded is taken to be the same. The first figure is 12 months after the records begin. The team and worker are those allocated to the child at the month's end."
sources = ["ssd_cla_episodes", "ssd_cla_placement"]
control_chart = false
[benchmarks]
file = "placement_stability:three_or_more_placements"
lait = "LACStable_2016on"
note = "Published for children looked after at 31 March, over the year before."
---*/
with

covered as (
    select max(last_day(first_period_end + interval 12 month)) as first_period_end
    from coverage
    where source in ('ssd_cla_episodes', 'ssd_cla_placement')
),

children as (
    select
        in_care.period_end,
        in_care.person_id,
        count(distinct homes.home) as homes
    from in_care
    inner join covered
        on in_care.period_end >= covered.first_period_end
    left join homes
        on
            in_care.person_id = homes.person_id
            and in_care.period_end >= homes.start_date
            and (homes.end_date is null or in_care.period_end - interval 12 month < homes.end_date)
            and not homes.is_temporary
    group by in_care.period_end, in_care.person_id
)

select
    months.authority,
    months.period_end,
    allocation_months.team,
    allocation_months.worker,
    cast(null as varchar) as category,
    cast(sum(case when children.homes >= 3 then 1 else 0 end) as double) as numerator,
    cast(count(*) as double) as denominator
from children
inner join months
    on children.period_end = months.period_end
left join allocation_months
    on
        children.period_end = allocation_months.period_end
        and children.person_id = allocation_months.person_id
group by months.authority, months.period_end, allocation_months.team, allocation_months.worker
