/*---
title = "Reviews of in-need plans held on time"
question = "Are plans for children in need reviewed when they should be, so that they do not drift?"
unit = "percent"
better = "higher"
timing = "flow"
counts = "children"
children_of = "children whose in-need review is due"
numerator = "Reviews due in the month and held by their due date"
denominator = "Reviews of in-need plans due in the month"
definition = "Working Together to Safeguard Children asks for the plan of a child in need to be reviewed regularly, to a timetable the council sets: the due date recorded with each review. Counted in the month in which the due date falls; a review held on the due date is on time, one not yet held is not."
caveats = "A review that fell away because the plan ended counts as due for as long as it stands in the records. The team and worker are those allocated to the child on the due date."
sources = ["cin_reviews"]
[benchmarks]
note = "No comparator: reviews of in-need plans are not published."
---*/
with

reviews as (
    select
        person_id,
        due_date,
        review_date,
        row_number() over (partition by review_id order by review_date asc nulls last, due_date asc) as choice
    from cin_reviews
    where review_id is not null and due_date is not null
)

select
    months.authority,
    months.period_end,
    allocations.team,
    allocations.worker,
    cast(null as varchar) as category,
    list(reviews.person_id) filter (where reviews.review_date <= reviews.due_date) as children,
    list(reviews.person_id) filter (where (reviews.review_date <= reviews.due_date) is not true) as other_children,
    cast(sum(case when reviews.review_date <= reviews.due_date then 1 else 0 end) as double) as numerator,
    cast(count(*) as double) as denominator
from reviews
inner join months
    on last_day(reviews.due_date) = months.period_end
left join allocations
    on
        reviews.person_id = allocations.person_id
        and reviews.due_date >= allocations.start_date
        and (allocations.end_date is null or reviews.due_date < allocations.end_date)
where reviews.choice = 1
group by months.authority, months.period_end, allocations.team, allocations.worker
