/*---
title = "Initial child protection conferences within 15 working days"
question = "Are children at risk brought to a conference in time?"
unit = "percent"
better = "higher"
timing = "flow"
counts = "children"
children_of = "children of a conference"
numerator = "Of them, held 15 or fewer working days after the start of the section 47 enquiry"
denominator = "Initial child protection conferences held, transfers in left out"
definition = "Working Together: the initial conference takes place within 15 working days of the strategy discussion at which the section 47 enquiry was decided. DfE, children in need census. Counted in the month in which the conference was held, one for each child; the day the enquiry starts is day 0, weekends and England's bank holidays do not count. Where the conference's enquiry or its start is not recorded, held by the target date recorded with the conference."
caveats = "A conference held before its enquiry started is an error in the record: it is counted, but not as in time; nor is one with neither a start nor a target date. Team and worker are the conference's own, else those who held the child's case that day."
sources = ["ssd_initial_cp_conference", "ssd_s47_enquiry"]
[benchmarks]
lait = "CP_conf_15days"
note = "Published for the year to 31 March."
---*/
with

enquiries as (
    select
        s47e_s47_enquiry_id as enquiry_id,
        min(s47e_s47_start_date) as start_date
    from ssd_s47_enquiry
    where s47e_s47_enquiry_id is not null
    group by s47e_s47_enquiry_id
),

recorded as (
    select
        icpc_person_id as person_id,
        icpc_s47_enquiry_id as enquiry_id,
        icpc_icpc_date as conference_date,
        icpc_icpc_target_date as target_date,
        coalesce(upper(icpc_icpc_transfer_in) in ('Y', 'YES'), false) as is_transfer_in,
        icpc_icpc_team as team_id,
        icpc_icpc_worker_id as worker,
        row_number() over (
            partition by icpc_icpc_id
            order by
                icpc_icpc_date asc,
                icpc_icpc_transfer_in asc nulls last,
                icpc_s47_enquiry_id asc nulls last,
                icpc_icpc_target_date asc nulls last
        ) as choice
    from ssd_initial_cp_conference
    where icpc_icpc_id is not null and icpc_icpc_date is not null
),

conferences as (
    select
        recorded.person_id,
        recorded.conference_date,
        coalesce(team_names.team, recorded.team_id) as team,
        recorded.worker,
        case
            when enquiries.start_date is null then recorded.conference_date <= recorded.target_date
            else
                recorded.conference_date >= enquiries.start_date
                and held.working_day_number - started.working_day_number <= 15
        end as is_in_time
    from recorded
    left join enquiries
        on recorded.enquiry_id = enquiries.enquiry_id
    left join working_days as started
        on enquiries.start_date = started.day
    left join working_days as held
        on recorded.conference_date = held.day
    left join team_names
        on recorded.team_id = team_names.team_id
    where recorded.choice = 1 and not recorded.is_transfer_in
)

select
    months.authority,
    months.period_end,
    coalesce(conferences.team, allocations.team) as team,
    coalesce(conferences.worker, allocations.worker) as worker,
    cast(null as varchar) as category,
    list(conferences.person_id) filter (where conferences.is_in_time) as children,
    list(conferences.person_id) filter (where conferences.is_in_time is not true) as other_children,
    cast(sum(case when conferences.is_in_time then 1 else 0 end) as double) as numerator,
    cast(count(*) as double) as denominator
from conferences
inner join months
    on conferences.conference_date between months.month_start and months.period_end
left join allocations
    on
        conferences.person_id = allocations.person_id
        and conferences.conference_date >= allocations.start_date
        and (allocations.end_date is null or conferences.conference_date < allocations.end_date)
group by
    months.authority,
    months.period_end,
    coalesce(conferences.team, allocations.team),
    coalesce(conferences.worker, allocations.worker)
