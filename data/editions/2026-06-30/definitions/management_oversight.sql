/*---
title = "Cases with a manager's decision in the last 90 days"
question = "Do managers keep an eye on every child's case?"
unit = "percent"
better = "higher"
timing = "snapshot"
counts = "cases"
children_of = "children with an open referral"
numerator = "Of those, referrals with a manager's decision in the last 90 days"
denominator = "Referrals open at the month's end for 90 days or more"
definition = "Ofsted's inspections of local authority children's services (ILACS) look for management oversight that is recorded and drives the child's plan. A case is a referral that is open at the month's end and was made 90 days before it or earlier, those with no further action left out; it has oversight when a manager recorded a decision about that referral in the last 90 days. Councils set how often: limit_days in the plan changes the 90 days, both of the decision and of the case. Starts that many days after the decisions."
caveats = "A decision that does not say which referral it concerns counts for none. The team and worker are those who hold the child's case at the month's end; the team recorded with a referral only took it in."
sources = ["management_decisions", "ssd_cin_episodes"]
[parameters]
limit_days = 90
[benchmarks]
note = "No comparator: management oversight is not published."
---*/
with

covered as (
    select period_end
    from source_months
    where source = 'management_decisions' and days_covered >= $limit_days
),

referrals as (
    select
        cine_referral_id as referral_id,
        cine_person_id as person_id,
        cine_referral_date as referral_date,
        cine_close_date as close_date,
        cine_referral_nfa as referral_nfa,
        row_number() over (
            partition by cine_referral_id
            order by cine_referral_date asc nulls last, cine_person_id asc nulls last, cine_close_date asc nulls last
        ) as choice
    from ssd_cin_episodes
    where cine_referral_id is not null
),

due as (
    select
        covered.period_end,
        referrals.referral_id,
        referrals.person_id,
        allocation_months.team,
        allocation_months.worker
    from covered
    inner join coverage
        on
            coverage.source = 'ssd_cin_episodes'
            and covered.period_end >= coverage.first_period_end
    inner join referrals
        on
            covered.period_end - $limit_days * interval 1 day >= referrals.referral_date
            and (referrals.close_date is null or covered.period_end < referrals.close_date)
    left join allocation_months
        on
            covered.period_end = allocation_months.period_end
            and referrals.person_id = allocation_months.person_id
    where referrals.choice = 1 and upper(coalesce(referrals.referral_nfa, 'N')) not in ('Y', 'YES')
),

overseen as (
    select distinct
        due.period_end,
        due.referral_id
    from due
    inner join management_decisions
        on
            due.referral_id = management_decisions.referral_id
            and due.period_end >= management_decisions.decision_date
            and due.period_end - $limit_days * interval 1 day < management_decisions.decision_date
),

counted as (
    select
        due.period_end,
        due.team,
        due.worker,
        list(due.person_id) filter (where overseen.referral_id is not null) as children,
        list(due.person_id) filter (where overseen.referral_id is null) as other_children,
        sum(case when overseen.referral_id is null then 0 else 1 end) as numerator,
        count(*) as denominator
    from due
    left join overseen
        on
            due.period_end = overseen.period_end
            and due.referral_id = overseen.referral_id
    group by due.period_end, due.team, due.worker
)

select
    council.authority,
    counted.period_end,
    counted.team,
    counted.worker,
    cast(null as varchar) as category,
    counted.children,
    counted.other_children,
    cast(counted.numerator as double) as numerator,
    cast(counted.denominator as double) as denominator
from counted
cross join council
