/*---
title = "Social worker vacancies"
question = "How many of our social work posts have nobody in them?"
unit = "percent"
better = "lower"
timing = "snapshot"
counts = "workers"
numerator = "Full-time equivalent of vacant social worker posts at the month's end, those an agency worker covers too"
denominator = "Full-time equivalent of vacant posts and of social workers in post at the month's end"
definition = "DfE children's social work workforce census: vacant full-time equivalents over vacant and in-post ones. A post that an agency worker covers is vacant; agency workers are never in post."
caveats = "A team without a row in the vacancies of a month has none; a month without any vacancies row has no figure. Shown by team, never for one worker."
sources = ["vacancies", "workforce"]
[benchmarks]
file = "workforce:vacancy_rate"
lait = "Work_Force_Vac_Rate"
note = "DfE counts once a year, on 30 September."
---*/
with

recorded as (
    select
        period_end,
        team as team_id,
        max(vacant_fte) as vacant_fte
    from vacancies
    where vacant_fte is not null
    group by period_end, team
),

in_post as (
    select
        period_end,
        team,
        fte
    from workers
    where is_social_worker and not is_agency and fte > 0
),

covered as (
    select distinct workers.period_end
    from workers
    inner join recorded
        on workers.period_end = recorded.period_end
),

posts as (
    select
        recorded.period_end,
        coalesce(team_names.team, recorded.team_id) as team,
        recorded.vacant_fte,
        0 as in_post_fte
    from recorded
    left join team_names
        on recorded.team_id = team_names.team_id
    where recorded.vacant_fte > 0
    union all
    select
        period_end,
        team,
        0 as vacant_fte,
        fte as in_post_fte
    from in_post
),

final as (
    select
        posts.period_end,
        posts.team,
        sum(posts.vacant_fte) as numerator,
        sum(posts.vacant_fte + posts.in_post_fte) as denominator
    from posts
    inner join covered
        on posts.period_end = covered.period_end
    group by posts.period_end, posts.team
)

select
    council.authority,
    final.period_end,
    final.team,
    cast(null as varchar) as worker,
    cast(null as varchar) as category,
    cast(final.numerator as double) as numerator,
    cast(final.denominator as double) as denominator
from final
cross join council
