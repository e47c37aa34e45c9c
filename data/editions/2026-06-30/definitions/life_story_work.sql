/*---
title = "Children who will not go home with life story work started"
question = "Are children who grow up in care helped to understand their own story?"
unit = "percent"
better = "higher"
timing = "snapshot"
counts = "children"
children_of = "children in care with a plan of permanence"
part_of = "children in care"
numerator = "Of them, children whose life story work has started"
denominator = "Children in care at the month's end whose permanence plan is long-term care with relatives or foster carers, a residential placement, supported living or adoption"
definition = "Statutory guidance on permanence, long-term foster placements and adoption (Children Act 1989 guidance, volume 2) asks that children who will not return home understand their history. The permanence plan is the one open at the month's end (LTRELFR, LTFOST18, RESPLMT, SUPPLIV or ADOPTION marked, alone or beside others); where several are open, the one that started last. Children in a series of short breaks are left out."
caveats = "Started by the month's end, however long ago; whether it goes on is not recorded. The team and worker are those allocated to the child at the month's end."
sources = ["ssd_cla_care_plan", "ssd_cla_episodes", "life_story"]
[benchmarks]
note = "No comparator: life story work is not published."
---*/
with

open_plans as (
    select
        in_care.period_end,
        in_care.person_id,
        case when json_valid(plans.lacp_cla_care_plan_json) then plans.lacp_cla_care_plan_json end as document,
        row_number() over (
            partition by in_care.period_end, in_care.person_id
            order by plans.lacp_cla_care_plan_start_date desc, plans.lacp_table_id asc
        ) as choice
    from in_care
    inner join coverage
        on
            coverage.source = 'ssd_cla_care_plan'
            and in_care.period_end >= coverage.first_period_end
    inner join ssd_cla_care_plan as plans
        on
            in_care.person_id = plans.lacp_person_id
            and in_care.period_end >= plans.lacp_cla_care_plan_start_date
            and (plans.lacp_cla_care_plan_end_date is null or in_care.period_end < plans.lacp_cla_care_plan_end_date)
),

documents as (
    select distinct document
    from open_plans
    where choice = 1 and document is not null
),

entries as (
    select
        documents.document,
        upper(trim(entry.key)) as name,
        upper(trim(json_extract_string(entry.value, '$'))) as content,
        json_type(documents.document) as kind
    from documents
    cross join json_each(documents.document) as entry
),

lasting as (
    select distinct document
    from entries
    where
        case when kind = 'ARRAY' then content when content not in ('', 'N', 'NO', 'FALSE', '0') then name end
        in ('LTRELFR', 'LTFOST18', 'RESPLMT', 'SUPPLIV', 'ADOPTION')
),

started as (
    select
        person_id,
        min(start_date) as start_date
    from life_story
    group by person_id
)

select
    months.authority,
    months.period_end,
    allocation_months.team,
    allocation_months.worker,
    cast(null as varchar) as category,
    cast(sum(case when started.start_date <= months.period_end then 1 else 0 end) as double) as numerator,
    cast(count(*) as double) as denominator
from open_plans
inner join lasting
    on open_plans.document = lasting.document
inner join months
    on open_plans.period_end = months.period_end
left join started
    on open_plans.person_id = started.person_id
left join allocation_months
    on
        open_plans.period_end = allocation_months.period_end
        and open_plans.person_id = allocation_months.person_id
where open_plans.choice = 1
group by months.authority, months.period_end, allocation_months.team, allocation_months.worker
