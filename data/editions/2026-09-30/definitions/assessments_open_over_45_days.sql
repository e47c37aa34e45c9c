/*---
title = "Open assessments past 45 working days"
question = "How many children are waiting too long for their assessment to end?"
unit = "percent"
better = "lower"
timing = "snapshot"
counts = "cases"
children_of = "children with an open assessment"
numerator = "Of those, assessments open for more than 45 working days after the referral"
denominator = "Assessments open at the month's end"
definition = "Working Together to Safeguard Children: an assessment is completed within 45 working days of the referral (the day of the referral is day 0; weekends and England's bank holidays do not count). An assessment is open from its start until it is authorised. The clock is that of assessments completed within 45 working days: a later assessment of the same referral counts from its own start, and so does one whose referral is not recorded; with the parameter clock = \"assessment start\" all do, as DfE publishes."
caveats = "An assessment that was given up but never authorised stays open. Where the plan changes clock or limit_days of assessments completed within 45 working days, change them here too. Team and worker are the assessment's own, else those who held the child's case at the month's end."
sources = ["ssd_cin_assessments", "ssd_cin_episodes"]
[parameters]
clock = "referral"
limit_days = 45
[benchmarks]
note = "No comparator: open assessments are not published."
---*/
with

referrals as (
    select
        cine_referral_id as referral_id,
        min(cine_referral_date) as referral_date
    from ssd_cin_episodes
    where cine_referral_id is not null
    group by cine_referral_id
),

recorded as (
    select
        cina_assessment_id as assessment_id,
        cina_person_id as person_id,
        cina_referral_id as referral_id,
        cina_assessment_start_date as start_date,
        cina_assessment_auth_date as auth_date,
        cina_assessment_team as team_id,
        cina_assessment_worker_id as worker,
        row_number() over (
            partition by cina_assessment_id
            order by cina_assessment_auth_date asc nulls last, cina_assessment_start_date asc nulls last
        ) as choice
    from ssd_cin_assessments
    where cina_assessment_id is not null
),

first_starts as (
    select
        referral_id,
        min(start_date) as first_start_date
    from recorded
    where referral_id is not null
    group by referral_id
),

clocked as (
    select
        recorded.person_id,
        recorded.start_date,
        recorded.auth_date,
        coalesce(team_names.team, recorded.team_id) as team,
        recorded.worker,
        case
            when $clock = 'referral' and recorded.start_date = first_starts.first_start_date
                then coalesce(referrals.referral_date, recorded.start_date)
            else recorded.start_date
        end as clock_start
    from recorded
    left join first_starts
        on recorded.referral_id = first_starts.referral_id
    left join referrals
        on recorded.referral_id = referrals.referral_id
    left join team_names
        on recorded.team_id = team_names.team_id
    where recorded.choice = 1 and $clock in ('referral', 'assessment start', 'assessment')
),

open_assessments as (
    select
        months.authority,
        months.period_end,
        coalesce(clocked.team, allocation_months.team) as team,
        coalesce(clocked.worker, allocation_months.worker) as worker,
        clocked.person_id,
        case
            when
                months.period_end >= clocked.clock_start
                and ended.working_day_number - coalesce(started.working_day_number, 0) > $limit_days
                then 1
            else 0
        end as is_past_limit
    from clocked
    inner join months
        on
            clocked.start_date <= months.period_end
            and (clocked.auth_date is null or clocked.auth_date > months.period_end)
    inner join coverage
        on
            coverage.source = 'ssd_cin_assessments'
            and months.period_end >= coverage.first_period_end
    inner join working_days as ended
        on months.period_end = ended.day
    left join working_days as started
        on clocked.clock_start = started.day
    left join allocation_months
        on
            months.period_end = allocation_months.period_end
            and clocked.person_id = allocation_months.person_id
)

select
    authority,
    period_end,
    team,
    worker,
    cast(null as varchar) as category,
    list(person_id) filter (where is_past_limit = 1) as children,
    list(person_id) filter (where is_past_limit = 0) as other_children,
    cast(sum(is_past_limit) as double) as numerator,
    cast(count(*) as double) as denominator
from open_assessments
group by authority, period_end, team, worker
