-- How many different children stand behind a KPI's figures, from the children that its query names: one row per team (of
-- all categories), per category (of all teams) and for the service, part (total, numerator, complement) and month, and
-- per month before it in which they last were there: those of a run of months are the ones who last were there before
-- it. No child is named. A child without an id is left out: there are no fewer than it says.
with

named as (
    select
        period_end,
        team,
        category,
        'numerator' as part,
        unnest(cast(children as varchar[])) as child
    from extract
    union all
    select
        period_end,
        team,
        category,
        'complement' as part,
        unnest(cast(other_children as varchar[])) as child
    from extract
),

numbered as (
    select distinct
        period_end,
        team,
        category,
        part,
        hash(child) as child
    from named
    where child is not null
),

parts as (
    select * from numbered
    union all
    select * replace ('total' as part)
    from numbered
),

owned as (
    select
        period_end,
        cast(null as varchar) as team,
        cast(null as varchar) as category,
        part,
        child
    from parts
    union all
    select
        period_end,
        team,
        cast(null as varchar) as category,
        part,
        child
    from parts
    where team is not null
    union all
    select
        period_end,
        cast(null as varchar) as team,
        coalesce(category, 'not recorded') as category,
        part,
        child
    from parts
    where (select count(category) from numbered) > 0
),

seen as (
    select
        team,
        category,
        part,
        period_end,
        lag(period_end) over (partition by hash(team, category, part, child) order by period_end) as previous
    from (
        select distinct *
        from owned
    ) as members
)

select
    team,
    category,
    part,
    period_end,
    previous,
    count(*) as children
from seen
group by team, category, part, period_end, previous
order by team nulls first, category nulls first, part, period_end, previous nulls first
