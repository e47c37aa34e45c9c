/*---
title = "In-need plans reviewed after a protection plan ended"
question = "When a protection plan ends, do we soon check that the child is still safe?"
unit = "percent"
better = "higher"
timing = "flow"
counts = "children"
children_of = "children stepped down from a protection plan"
numerator = "Of those, children with a review of their in-need plan after the protection plan ended and by then"
denominator = "Children whose protection plan was followed by an in-need plan, and whose 30 working days after it ended in the month"
definition = "Working Together to Safeguard Children: when a protection plan ends, the child may still need services as a child in need, and that plan is reviewed in its turn. Children whose protection plan ended and whose in-need plan started from 7 days before to 10 days after that day (days_before, days_after), in the month in which the 30th working day after it falls (limit_working_days; the day the plan ended is day 0, weekends and England's bank holidays do not count). Reviewed when a review of an in-need plan of the child was held after the protection plan ended, by that day. Children who are on no in-need plan any more that day are left out, reviewed or not. Plans of other councils are left out. Starts with the first month that begins 30 working days after the records."
caveats = "The team and worker are those of the in-need plan open on that day; where it records none, those allocated to the child then."
sources = ["ssd_cp_plans", "ssd_cin_plans", "cin_reviews"]
[parameters]
days_before = 7
days_after = 10
limit_working_days = 30
[benchmarks]
note = "No comparator: what follows a protection plan is not published."
---*/
with

starts as (
    select cast(date_trunc('month', max(first_period_end)) as date) as start_date
    from coverage
    where source in ('ssd_cp_plans', 'ssd_cin_plans', 'cin_reviews')
    having count(*) = 3
),

covered as (
    select
        months.authority,
        months.month_start,
        months.period_end
    from months
    cross join starts
    inner join working_days as first_days
        on starts.start_date = first_days.day
    inner join working_days as month_days
        on months.month_start = month_days.day
    where month_days.working_day_number - first_days.working_day_number >= $limit_working_days
),

step_downs as (
    select
        protection.cppl_person_id as person_id,
        protection.cppl_cp_plan_end_date as end_date
    from ssd_cp_plans as protection
    inner join ssd_cin_plans as in_need
        on
            protection.cppl_person_id = in_need.cinp_person_id
            and protection.cppl_cp_plan_end_date - $days_before * interval 1 day <= in_need.cinp_cin_plan_start_date
            and protection.cppl_cp_plan_end_date + $days_after * interval 1 day >= in_need.cinp_cin_plan_start_date
    where coalesce(protection.cppl_cp_plan_ola, 'N') <> 'Y'
),

due as (
    select
        covered.authority,
        covered.period_end,
        step_downs.person_id,
        step_downs.end_date,
        due_days.day as due_date
    from step_downs
    inner join working_days as end_days
        on step_downs.end_date = end_days.day
    inner join working_days as due_days
        on
            due_days.is_working_day = 1
            and due_days.working_day_number = end_days.working_day_number + $limit_working_days
    inner join covered
        on due_days.day between covered.month_start and covered.period_end
),

still_in_need as (
    select
        due.authority,
        due.period_end,
        due.person_id,
        due.end_date,
        due.due_date,
        coalesce(team_names.team, plans.cinp_cin_plan_team) as team,
        plans.cinp_cin_plan_worker_id as worker,
        row_number() over (
            partition by due.person_id, due.end_date
            order by plans.cinp_cin_plan_start_date desc, plans.cinp_cin_plan_id asc
        ) as choice
    from due
    inner join ssd_cin_plans as plans
        on
            due.person_id = plans.cinp_person_id
            and due.due_date >= plans.cinp_cin_plan_start_date
            and (plans.cinp_cin_plan_end_date is null or due.due_date < plans.cinp_cin_plan_end_date)
    left join team_names
        on plans.cinp_cin_plan_team = team_names.team_id
),

reviewed as (
    select distinct
        due.person_id,
        due.end_date
    from due
    inner join cin_reviews
        on
            due.person_id = cin_reviews.person_id
            and due.end_date < cin_reviews.review_date
            and due.due_date >= cin_reviews.review_date
),

final as (
    select
        children.authority,
        children.period_end,
        coalesce(children.team, allocations.team) as team,
        coalesce(children.worker, allocations.worker) as worker,
        children.person_id,
        case when reviewed.person_id is null then 0 else 1 end as is_reviewed
    from still_in_need as children
    left join reviewed
        on
            children.person_id = reviewed.person_id
            and children.end_date = reviewed.end_date
    left join allocations
        on
            children.person_id = allocations.person_id
            and children.due_date >= allocations.start_date
            and (allocations.end_date is null or children.due_date < allocations.end_date)
    where children.choice = 1
)

select
    authority,
    period_end,
    team,
    worker,
    cast(null as varchar) as category,
    list(person_id) filter (where is_reviewed = 1) as children,
    list(person_id) filter (where is_reviewed = 0) as other_children,
    cast(sum(is_reviewed) as double) as numerator,
    cast(count(*) as double) as denominator
from final
group by authority, period_end, team, worker
