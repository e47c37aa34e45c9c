/*---
title = "Assessments completed within 45 working days"
question = "Are children's needs assessed in time?"
unit = "percent"
better = "higher"
timing = "flow"
counts = "children"
children_of = "children assessed"
numerator = "Assessments authorised in the month, 45 or fewer working days after the referral"
denominator = "Assessments authorised in the month"
definition = "Working Together to Safeguard Children: an assessment is completed within 45 working days of the referral (the day of the referral is day 0; weekends and England's bank holidays do not count). An assessment is completed when it is authorised, and is counted in the team that authorised it, whenever it began. A later assessment of the same referral counts from its own start, and so does one whose referral is not recorded. With the parameter clock = \"assessment start\" all count from their own start, as DfE publishes."
caveats = "An assessment authorised before its own referral or start is an error in the record: it is counted, but not as in time."
sources = ["ssd_cin_assessments", "ssd_cin_episodes"]
[parameters]
clock = "referral"
limit_days = 45
[benchmarks]
lait = "Continue_Assess_Comp"
only_with = {clock = ["assessment start", "assessment"]}
note = "DfE counts the 45 working days from the start of the assessment, for the year to 31 March. That is another measure than from the referral: its figures are shown only with clock = \"assessment start\"."
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

clocked as (
    select
        assessments.authority,
        assessments.period_end,
        assessments.team,
        assessments.worker,
        assessments.person_id,
        assessments.auth_date,
        case
            when $clock = 'referral' and assessments.is_first
                then coalesce(referrals.referral_date, assessments.start_date)
            else assessments.start_date
        end as clock_start
    from authorised_assessments as assessments
    left join referrals
        on assessments.referral_id = referrals.referral_id
    where $clock in ('referral', 'assessment start', 'assessment')
),

timed as (
    select
        clocked.authority,
        clocked.period_end,
        clocked.team,
        clocked.worker,
        clocked.person_id,
        case
            when
                clocked.auth_date >= clocked.clock_start
                and ended.working_day_number - started.working_day_number <= $limit_days
                then 1
            else 0
        end as is_in_time
    from clocked
    left join working_days as started
        on clocked.clock_start = started.day
    left join working_days as ended
        on clocked.auth_date = ended.day
)

select
    authority,
    period_end,
    team,
    worker,
    cast(null as varchar) as category,
    list(person_id) filter (where is_in_time = 1) as children,
    list(person_id) filter (where is_in_time = 0) as other_children,
    cast(sum(is_in_time) as double) as numerator,
    cast(count(*) as double) as denominator
from timed
group by
    authority,
    period_end,
    team,
    worker
