/*---
title = "Personal education plans completed in the term"
question = "Does every pupil in care have a plan for their learning that is this term's?"
unit = "percent"
better = "higher"
timing = "snapshot"
counts = "children"
children_of = "pupils in care"
part_of = "children in care"
numerator = "Of them, pupils whose personal education plan for the term was completed in it"
denominator = "Pupils in care at the term's end, from Reception to Year 11"
definition = "Statutory guidance on promoting the education of looked-after children (2018): a personal education plan, reviewed every term. Terms end on 31 December, 30 April and 31 August; there is a figure for these months only. Pupils by the virtual school's year groups, told by the age on 31 August before the school year: Reception (0 in the plan; 4 years old) to Year 11 (15), unless first_year_group or last_year_group in the plan takes in others, such as -1 for a nursery year or 13; series of short breaks are left out. Completed from the term's first day to its last; a pupil without a plan in the records has none."
caveats = "A child who came into care late in the term counts, although the plan may not be due yet. Plans of children in other year groups are not counted, nor are children without a date of birth. The team and worker are those allocated to the child at the term's end."
sources = ["peps", "ssd_cla_episodes", "ssd_person"]
[parameters]
first_year_group = 0
last_year_group = 11
[benchmarks]
note = "No comparator: personal education plans are not published."
---*/
with

terms as (
    select
        months.authority,
        months.period_end,
        cast(date_trunc('month', months.period_end - interval 3 month) as date) as first_day,
        year(months.period_end - interval 8 month) as school_year
    from months
    inner join source_months
        on
            months.period_end = source_months.period_end
            and source_months.source = 'peps'
    where extract(month from months.period_end) in (4, 8, 12)
),

births as (
    select
        pers_person_id as person_id,
        min(pers_dob) as birth_date
    from ssd_person
    group by pers_person_id
),

pupils as (
    select
        terms.authority,
        terms.period_end,
        terms.first_day,
        in_care.person_id
    from terms
    inner join in_care
        on terms.period_end = in_care.period_end
    inner join births
        on in_care.person_id = births.person_id
    where
        terms.school_year - year(births.birth_date + interval 4 month) - 4
        between $first_year_group and $last_year_group
),

completed as (
    select distinct
        pupils.period_end,
        pupils.person_id
    from pupils
    inner join peps
        on
            pupils.person_id = peps.person_id
            and pupils.period_end = peps.term_end_date
            and peps.completed_date between pupils.first_day and pupils.period_end
)

select
    pupils.authority,
    pupils.period_end,
    allocation_months.team,
    allocation_months.worker,
    cast(null as varchar) as category,
    cast(sum(case when completed.person_id is null then 0 else 1 end) as double) as numerator,
    cast(count(*) as double) as denominator
from pupils
left join completed
    on
        pupils.period_end = completed.period_end
        and pupils.person_id = completed.person_id
left join allocation_months
    on
        pupils.period_end = allocation_months.period_end
        and pupils.person_id = allocation_months.person_id
group by pupils.authority, pupils.period_end, allocation_months.team, allocation_months.worker
