/*---
title = "Children in care with an up-to-date health assessment"
question = "Are children in care kept healthy?"
unit = "percent"
better = "higher"
timing = "snapshot"
counts = "children"
children_of = "children in care for 12 months or more"
part_of = "children in care"
numerator = "Of them, with a completed health assessment in the last 12 months (two, if under 5)"
denominator = "Children in care for 12 months or more without a break"
definition = "Promoting the health and well-being of looked-after children: a review every 12 months, every 6 months under 5. DfE, children looked after in England, year to 31 March; own figures for the 12 months to each month's end, and the child's age at it. Health assessments with status completed, each day once; dental checks and other types do not count. In care without a break is by calendar, short breaks (legal status V3, V4) left out. Starts 12 months after the records of care and of health checks."
caveats = "A child without a date of birth counts as aged 5 or over. The team and worker are those allocated to the child at the month's end."
sources = ["ssd_cla_episodes", "ssd_cla_health", "ssd_person"]
control_chart = false
[benchmarks]
lait = "LACHealth%"
note = "Published for children looked after for 12 months or more at 31 March."
---*/
with

covered as (
    select episodes.period_end
    from source_months as episodes
    inner join source_months as checks
        on
            episodes.period_end = checks.period_end
            and checks.source = 'ssd_cla_health'
    where
        episodes.source = 'ssd_cla_episodes'
        and episodes.months_covered >= 12
        and checks.months_covered >= 12
),

births as (
    select
        pers_person_id as person_id,
        min(pers_dob) as birth_date
    from ssd_person
    group by pers_person_id
),

assessments as (
    select distinct
        clah_person_id as person_id,
        clah_health_check_date as assessment_date
    from ssd_cla_health
    where
        lower(clah_health_check_type) like '%health assessment%'
        and lower(clah_health_check_status) = 'completed'
),

children as (
    select
        care_starts.period_end,
        care_starts.person_id,
        case
            when births.birth_date > care_starts.period_end - interval 5 year then 2
            else 1
        end as wanted
    from care_starts
    inner join covered
        on care_starts.period_end = covered.period_end
    left join births
        on care_starts.person_id = births.person_id
    where care_starts.start_date <= care_starts.period_end - interval 12 month
),

assessed as (
    select
        children.period_end,
        children.person_id,
        children.wanted,
        count(assessments.assessment_date) as held
    from children
    left join assessments
        on
            children.person_id = assessments.person_id
            and children.period_end >= assessments.assessment_date
            and children.period_end - interval 12 month < assessments.assessment_date
    group by children.period_end, children.person_id, children.wanted
)

select
    months.authority,
    months.period_end,
    allocation_months.team,
    allocation_months.worker,
    cast(null as varchar) as category,
    cast(sum(case when assessed.held >= assessed.wanted then 1 else 0 end) as double) as numerator,
    cast(count(*) as double) as denominator
from assessed
inner join months
    on assessed.period_end = months.period_end
left join allocation_months
    on
        assessed.period_end = allocation_months.period_end
        and assessed.person_id = allocation_months.person_id
group by months.authority, months.period_end, allocation_months.team, allocation_months.worker
