/*---
title = "Reviews of children in care held on time"
question = "Are plans for children in care reviewed when they should be?"
unit = "percent"
better = "higher"
timing = "flow"
counts = "children"
children_of = "children in care whose review is due"
numerator = "Of them, reviews held by their due date"
denominator = "Reviews of children in care due in the month, cancelled ones left out"
definition = "Care Planning, Placement and Case Review (England) Regulations 2010 and the Independent Reviewing Officers' handbook: a first review within 20 working days of entering care, a second within three months of it, and then at least every six months. The due date is the one recorded with each review. Counted in the month in which the due date falls; a review held on the due date is on time, one not yet held is not."
caveats = "A review that fell away because the child left care counts as due for as long as it stands in the records and is not marked as cancelled. The child is found by the period of care the review belongs to; the team and worker are those allocated to the child on the due date."
sources = ["ssd_cla_reviews"]
[benchmarks]
note = "No comparator: reviews of children in care held on time are not published."
---*/
with

reviews as (
    select
        clar_cla_id as care_id,
        clar_cla_review_due_date as due_date,
        clar_cla_review_date as review_date,
        upper(clar_cla_review_cancelled) as cancelled,
        row_number() over (
            partition by clar_cla_review_id
            order by clar_cla_review_date asc nulls last, clar_cla_review_due_date asc
        ) as choice
    from ssd_cla_reviews
    where clar_cla_review_id is not null and clar_cla_review_due_date is not null
),

children as (
    select
        clae_cla_id as care_id,
        min(clae_person_id) as person_id
    from ssd_cla_episodes
    where clae_cla_id is not null
    group by clae_cla_id
)

select
    months.authority,
    months.period_end,
    allocations.team,
    allocations.worker,
    cast(null as varchar) as category,
    list(children.person_id) filter (where reviews.review_date <= reviews.due_date) as children,
    list(children.person_id) filter (where (reviews.review_date <= reviews.due_date) is not true) as other_children,
    cast(sum(case when reviews.review_date <= reviews.due_date then 1 else 0 end) as double) as numerator,
    cast(count(*) as double) as denominator
from reviews
inner join months
    on last_day(reviews.due_date) = months.period_end
left join children
    on reviews.care_id = children.care_id
left join allocations
    on
        children.person_id = allocations.person_id
        and reviews.due_date >= allocations.start_date
        and (allocations.end_date is null or reviews.due_date < allocations.end_date)
where reviews.choice = 1 and coalesce(reviews.cancelled, 'N') not in ('Y', 'YES')
group by months.authority, months.period_end, allocations.team, allocations.worker
