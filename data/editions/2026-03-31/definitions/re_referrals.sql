/*---
title = "Re-referrals within 12 months"
question = "Do children come back because help did not last?"
unit = "percent"
better = "lower"
timing = "flow"
counts = "children"
children_of = "children referred"
numerator = "Of those, referrals of a child who had been referred in the 12 months before"
denominator = "Referrals received in the month"
definition = "DfE children in need census: a referral within 12 months of an earlier one about the same child. The earlier one is of a day before, less than 12 months earlier by the calendar; those with no further action count, as both. Starts 12 months after the referral records."
caveats = "A referral that does not say which child counts, but never as a re-referral."
sources = ["ssd_cin_episodes"]
[benchmarks]
file = "referrals:re_referrals"
lait = "ReReferral"
note = "Published for the year to 31 March."
---*/
with

referrals as (
    select
        received_referrals.authority,
        received_referrals.period_end,
        received_referrals.team,
        received_referrals.worker,
        received_referrals.person_id,
        case
            when received_referrals.previous_date > received_referrals.referral_date - interval 12 month then 1
            else 0
        end as is_repeat
    from received_referrals
    inner join source_months
        on received_referrals.period_end = source_months.period_end
    where source_months.source = 'ssd_cin_episodes' and source_months.months_covered >= 12
)

select
    authority,
    period_end,
    team,
    worker,
    cast(null as varchar) as category,
    list(person_id) filter (where is_repeat = 1) as children,
    list(person_id) filter (where is_repeat = 0) as other_children,
    cast(sum(is_repeat) as double) as numerator,
    cast(count(*) as double) as denominator
from referrals
group by
    authority,
    period_end,
    team,
    worker
