/*---
title = "Children who took part in their review"
question = "Do children have a say in their plan?"
unit = "percent"
better = "higher"
timing = "flow"
counts = "children"
children_of = "children whose in-need review was held"
numerator = "Of those, reviews in which the child took part (PN1 to PN6)"
denominator = "Reviews of in-need plans held in the month, children under 4 (PN0) left out"
definition = "The participation codes of DfE's children looked after return (SSDA903), used here for reviews of in-need plans: PN1 to PN6 are ways to take part, in the room, through someone else or by other means; PN7 is neither. Counted in the month in which the review was held; nothing recorded counts as not having taken part."
caveats = "Who is under 4 is what the code says, not the date of birth. The team and worker are those allocated to the child on the day of the review."
sources = ["cin_reviews"]
[benchmarks]
note = "No comparator: participation in reviews of in-need plans is not published."
---*/
with

reviews as (
    select
        person_id,
        review_date,
        coalesce(upper(participation), '') as participation,
        row_number() over (
            partition by review_id
            order by review_date asc, participation asc nulls last
        ) as choice
    from cin_reviews
    where review_id is not null and review_date is not null
)

select
    months.authority,
    months.period_end,
    allocations.team,
    allocations.worker,
    cast(null as varchar) as category,
    list(reviews.person_id) filter (
        where reviews.participation in ('PN1', 'PN2', 'PN3', 'PN4', 'PN5', 'PN6')
    ) as children,
    list(reviews.person_id) filter (
        where (reviews.participation in ('PN1', 'PN2', 'PN3', 'PN4', 'PN5', 'PN6')) is not true
    ) as other_children,
    cast(
        sum(case when reviews.participation in ('PN1', 'PN2', 'PN3', 'PN4', 'PN5', 'PN6') then 1 else 0 end) as double
    ) as numerator,
    cast(count(*) as double) as denominator
from reviews
inner join months
    on last_day(reviews.review_date) = months.period_end
left join allocations
    on
        reviews.person_id = allocations.person_id
        and reviews.review_date >= allocations.start_date
        and (allocations.end_date is null or reviews.review_date < allocations.end_date)
where reviews.choice = 1 and reviews.participation <> 'PN0'
group by months.authority, months.period_end, allocations.team, allocations.worker
