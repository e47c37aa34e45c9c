/*---
title = "Child protection plans reviewed on time"
question = "Are protection plans reviewed when they are due?"
unit = "percent"
better = "higher"
timing = "snapshot"
counts = "children"
numerator = "Of them, every review due in the last 12 months was held by its due date"
denominator = "Children on a child protection plan for 3 months or more"
definition = "Working Together: the first review within 3 months of the initial conference, further ones at intervals of no more than 6 months. DfE, children in need census, at 31 March; own figures at each month's end. A review is due on its recorded due date; one without, and the next one that is not in the records yet, is due 3 months after the plan's start, then 6 months after the review before it (after its due date, if that is later). Held on the due date is on time, not yet held is not; one late review in the last 12 months is enough. Plans of other councils are left out. Starts 12 months after the review records."
caveats = "A review belongs to the plan it names. The team and worker are those allocated to the child at the month's end."
sources = ["ssd_cp_plans", "ssd_cp_reviews"]
control_chart = false
[benchmarks]
lait = "RevCP"
note = "Published for children on a plan at 31 March, over the year before."
---*/
with

covered as (
    select reviews.period_end
    from source_months as reviews
    inner join source_months as plans
        on
            reviews.period_end = plans.period_end
            and plans.source = 'ssd_cp_plans'
    where reviews.source = 'ssd_cp_reviews' and reviews.months_covered >= 12
),

plans as (
    select distinct
        plan_id,
        start_date
    from protection_plans
),

recorded as (
    select
        plans.plan_id,
        plans.start_date,
        reviews.cppr_cp_review_id as review_id,
        reviews.cppr_cp_review_due as due_date,
        reviews.cppr_cp_review_date as review_date,
        row_number() over (
            partition by reviews.cppr_cp_review_id
            order by reviews.cppr_cp_review_date asc nulls last, reviews.cppr_cp_review_due asc nulls last
        ) as choice
    from ssd_cp_reviews as reviews
    inner join plans
        on reviews.cppr_cp_plan_id = plans.plan_id
    where
        reviews.cppr_cp_review_id is not null
        and coalesce(reviews.cppr_cp_review_due, reviews.cppr_cp_review_date) is not null
),

ordered as (
    select
        plan_id,
        start_date,
        due_date,
        review_date,
        greatest(coalesce(due_date, review_date), coalesce(review_date, due_date)) as next_counts_from,
        row_number() over (
            partition by plan_id
            order by coalesce(due_date, review_date) asc, review_id asc
        ) as place
    from recorded
    where choice = 1
),

latest as (
    select
        plan_id,
        max(place) as place
    from ordered
    group by plan_id
),

dues as (
    select
        reviews.plan_id,
        coalesce(
            reviews.due_date,
            before.next_counts_from + interval 6 month,
            reviews.start_date + interval 3 month
        ) as due_date,
        reviews.review_date
    from ordered as reviews
    left join ordered as before
        on
            reviews.plan_id = before.plan_id
            and reviews.place = before.place + 1
    union all
    select
        plans.plan_id,
        coalesce(last_one.next_counts_from + interval 6 month, plans.start_date + interval 3 month) as due_date,
        cast(null as date) as review_date
    from plans
    left join latest
        on plans.plan_id = latest.plan_id
    left join ordered as last_one
        on
            latest.plan_id = last_one.plan_id
            and latest.place = last_one.place
),

late as (
    select
        plan_id,
        due_date
    from dues
    where review_date is null or review_date > due_date
),

children as (
    select
        protection_plans.period_end,
        protection_plans.person_id,
        case when count(late.due_date) = 0 then 1 else 0 end as is_on_time
    from protection_plans
    inner join covered
        on protection_plans.period_end = covered.period_end
    left join late
        on
            protection_plans.plan_id = late.plan_id
            and protection_plans.period_end >= late.due_date
            and protection_plans.period_end - interval 12 month < late.due_date
    where protection_plans.start_date <= protection_plans.period_end - interval 3 month
    group by protection_plans.period_end, protection_plans.person_id
)

select
    months.authority,
    months.period_end,
    allocation_months.team,
    allocation_months.worker,
    cast(null as varchar) as category,
    cast(sum(children.is_on_time) as double) as numerator,
    cast(count(*) as double) as denominator
from children
inner join months
    on children.period_end = months.period_end
left join allocation_months
    on
        children.period_end = allocation_months.period_end
        and children.person_id = allocation_months.person_id
group by months.authority, months.period_end, allocation_months.team, allocation_months.worker
