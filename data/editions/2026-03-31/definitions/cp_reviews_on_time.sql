/*---
title = "Child protection plans reviewed on time"
question = "Are protection plans reviewed when they are due?"
unit = "percent"
better = "higher"
timing = "snapshot"
counts = "children"
children_of = "children on a protection plan"
part_of = "children on a protection plan"
numerator = "Of them, every review due in the last 12 months was held by its due date"
denominator = "Children on a child protection plan for 3 months or more"
definition = "Working Together: the first review within 3 months of the initial conference, further ones at intervals of no more than 6 months. DfE, children in need census, at 31 March; own figures at each month's end. The first is due 3 months after the plan's start, each other one, also the next that is not in the records yet, 6 months after the one before it was held; on its recorded due date where that is earlier. A recorded due date later than this is not trusted. Held on the due date is on time, not yet held is not; one late review in the last 12 months is enough. Plans of other councils are left out. Starts 12 months after the review records."
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

reviews as (
    select
        plan_id,
        start_date,
        due_date,
        review_date,
        max(review_date) over (
            partition by plan_id
            order by coalesce(review_date, due_date)
            range between unbounded preceding and interval 1 day preceding
        ) as held_before
    from recorded
    where choice = 1
),

dues as (
    select
        plan_id,
        least(due_date, coalesce(held_before + interval 6 month, start_date + interval 3 month)) as due_date,
        review_date
    from reviews
    union all
    select
        plans.plan_id,
        coalesce(max(reviews.review_date) + interval 6 month, plans.start_date + interval 3 month) as due_date,
        cast(null as date) as review_date
    from plans
    left join reviews
        on plans.plan_id = reviews.plan_id
    group by plans.plan_id, plans.start_date
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
