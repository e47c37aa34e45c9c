/*---
title = "Personal education plans completed in the term"
question = "Does every pupil in care have a plan for their learning that is this term's?"
unit = "percent"
better = "higher"
timing = "snapshot"
counts = "children"
numerator = "Of them, pupils whose personal education plan for the term was completed in it"
denominator = "Pupils aged 5 to 15 in care at the term's end"
definition = "Statutory guidance on promoting the education of looked-after children (2018): a personal education plan, reviewed every term. Terms end on 31 December, 30 April and 31 August; there is a figure for these months only. Pupils were 5 to 15 on 31 August before the school year, as DfE counts them; series of short breaks are left out. Completed from the term's first day to its last; a pupil without a plan in the records has none."
caveats = "A child who came into care late in the term counts, although the plan may not be due yet. Plans of younger and older children are not counted. The team and worker are those allocated to the child at the term's end."
sources = ["peps", "ssd_cla_episodes", "ssd_person"]
[benchmarks]
note = "No comparator: personal education plans are not published."
---*/
with

terms as (
    select
        months.authority,
        months.period_end,
        cast(date_trunc('month', months.period_end - interval 3 month) as date) as first_day
    from months
    inner join source_months
        on
            months.period_end = source_months.period_end
            and source_months.source = 'peps'
    where extract(month from months.period_end) in (4, 8, 12)
),

completed as (
    select distinct
        terms.period_end,
        peps.person_id
    from terms
    inner join peps
        on
            terms.period_end = peps.term_end_date
            and peps.completed_date between terms.first_day and terms.period_end
)

select
    terms.authority,
    terms.period_end,
    school_age_children.team,
    school_age_children.worker,
    cast(null as varchar) as category,
    cast(sum(case when completed.person_id is null then 0 else 1 end) as double) as numerator,
    cast(count(*) as double) as denominator
from terms
inner join school_age_children
    on terms.period_end = school_age_children.period_end
left join completed
    on
        school_age_children.period_end = completed.period_end
        and school_age_children.person_id = completed.person_id
where school_age_children.plan_type = 'in care'
group by terms.authority, terms.period_end, school_age_children.team, school_age_children.worker
