/*---
title = "Families' feedback that is positive"
question = "Do families say that our help was good help?"
unit = "percent"
better = "higher"
timing = "flow"
counts = "children"
children_of = "children whose family was asked"
numerator = "Conversations in the month that the family rated positive"
denominator = "Feedback conversations with families held in the month"
definition = "The council's own conversations with children and families about the help they got, which Ofsted's inspections of local authority children's services (ILACS) weigh with what inspectors hear themselves. Each is rated positive, mixed or negative, and counted in the month in which it was held."
caveats = "A conversation without a rating counts, but not as positive. Who is asked is the council's choice: few conversations, or only with families who are content, say little. The team and worker are those allocated to the child on the day."
sources = ["feedback"]
[benchmarks]
note = "No comparator: what families tell councils is not published."
---*/
with

conversations as (
    select
        person_id,
        feedback_date,
        lower(rating) as rating,
        row_number() over (partition by feedback_id order by feedback_date asc, rating asc nulls last) as choice
    from feedback
    where feedback_id is not null and feedback_date is not null
)

select
    months.authority,
    months.period_end,
    allocations.team,
    allocations.worker,
    cast(null as varchar) as category,
    list(conversations.person_id) filter (where conversations.rating = 'positive') as children,
    list(conversations.person_id) filter (where (conversations.rating = 'positive') is not true) as other_children,
    cast(sum(case when conversations.rating = 'positive' then 1 else 0 end) as double) as numerator,
    cast(count(*) as double) as denominator
from conversations
inner join months
    on last_day(conversations.feedback_date) = months.period_end
left join allocations
    on
        conversations.person_id = allocations.person_id
        and conversations.feedback_date >= allocations.start_date
        and (allocations.end_date is null or conversations.feedback_date < allocations.end_date)
where conversations.choice = 1
group by months.authority, months.period_end, allocations.team, allocations.worker
