/*---
title = "Stability meetings before a placement broke down"
question = "When a child's home is shaking, do we meet before it ends?"
unit = "percent"
better = "higher"
timing = "flow"
counts = "children"
children_of = "children whose placement ended"
numerator = "Of them, placements with a stability meeting on a day before they ended"
denominator = "Placements that ended in the month because of the carer, the child or standards of care"
definition = "Reasons for a placement change as in DfE's children looked after return (SSDA903): the carer asked for it (CREQB, CREQO), the child asked for it (CHILD), an allegation (ALLEG), a concern about standards of care (STAND) or approval removed (APPRR). Counted in the month in which the placement ended; a meeting on the day of the end came too late."
caveats = "Temporary placements count too. A placement without a recorded reason for its end is not counted. The team and worker are those allocated to the child on the day the placement ended."
sources = ["ssd_cla_placement", "stability_meetings"]
[benchmarks]
note = "No comparator: stability meetings are not published."
---*/
with

placements as (
    select
        clap_cla_placement_id as placement_id,
        clap_person_id as person_id,
        clap_cla_placement_end_date as end_date,
        upper(clap_cla_placement_change_reason) as change_reason,
        row_number() over (
            partition by clap_cla_placement_id
            order by clap_cla_placement_end_date asc, clap_cla_placement_change_reason asc nulls last
        ) as choice
    from ssd_cla_placement
    where clap_cla_placement_id is not null and clap_cla_placement_end_date is not null
),

first_meetings as (
    select
        placement_id,
        min(meeting_date) as meeting_date
    from stability_meetings
    group by placement_id
)

select
    months.authority,
    months.period_end,
    allocations.team,
    allocations.worker,
    cast(null as varchar) as category,
    list(placements.person_id) filter (where first_meetings.meeting_date < placements.end_date) as children,
    list(placements.person_id) filter (
        where (first_meetings.meeting_date < placements.end_date) is not true
    ) as other_children,
    cast(sum(case when first_meetings.meeting_date < placements.end_date then 1 else 0 end) as double) as numerator,
    cast(count(*) as double) as denominator
from placements
inner join months
    on last_day(placements.end_date) = months.period_end
left join first_meetings
    on placements.placement_id = first_meetings.placement_id
left join allocations
    on
        placements.person_id = allocations.person_id
        and placements.end_date >= allocations.start_date
        and (allocations.end_date is null or placements.end_date < allocations.end_date)
where
    placements.choice = 1
    and placements.change_reason in ('CREQB', 'CREQO', 'CHILD', 'ALLEG', 'STAND', 'APPRR')
group by months.authority, months.period_end, allocations.team, allocations.worker
