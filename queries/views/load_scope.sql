-- What of an edition's extracts a scope may see, in one table of the same columns as load_extracts: one row per KPI,
-- period, team, worker, category and kind. Reads the tables published (all extracts), protected_rows and teams.
-- Kinds: exact (KPIs that are not protected, down to the level that may be seen: they add up to every figure); own (a
-- manager's teams, of protected KPIs, with their workers: for figures of the teams alone); protected (as small-number
-- protection published them, each of one figure: of the service, of a category, of a team).
-- is_shown marks the kind of period that pages show of a protected KPI: the finest by which three quarters of the last
-- three years' figures are given, else the one with most of them.
with

own_teams as (
    select unnest($own_teams) as team
),

seen as (
    select
        published.* exclude (team, worker),
        published.kpi in (select unnest($protected)) as is_protected,
        case when $sees_teams then published.team end as team,
        case when $sees_all_workers or own_teams.team is not null then published.worker end as worker
    from published
    left join own_teams
        on published.team = own_teams.team
),

exact as (
    select
        kpi,
        authority,
        period_end,
        period,
        team,
        worker,
        category,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        case when count(*) = 1 then max(value) end as value,
        case when count(*) = 1 then max(symbol) end as symbol,
        cast(null as double) as value_low,
        cast(null as double) as value_high,
        true as is_exact,
        true as is_shown,
        true as in_service,
        true as in_categories,
        $sees_teams as in_teams
    from seen
    where not is_protected
    group by kpi, authority, period_end, period, team, worker, category
),

own as (
    select published.* replace (false as in_service, false as in_categories)
    from published
    inner join own_teams
        on published.team = own_teams.team
    where published.kpi in (select unnest($protected))
),

given as (
    select
        *,
        level = 'service' and category is null as in_service,
        level = 'service' and category is not null as in_categories,
        level = 'team' as in_teams,
        case period when 'month' then 1 when 'quarter' then 3 else 12 end as months
    from protected_rows
    where
        kpi in (select unnest($protected))
        and (level = 'service' or $sees_teams)
        and (team is null or team not in (select team from own_teams))
),

shares as (
    select
        kpi,
        in_categories,
        in_teams,
        period,
        months,
        avg(case when symbol is null then 1.0 else 0.0 end) as share
    from given
    where period_end > cast($edition as date) - interval 3 year
    group by kpi, in_categories, in_teams, period, months
),

ranked as (
    select
        *,
        row_number() over (
            partition by kpi, in_categories, in_teams
            order by
                share >= 0.75 desc,
                case when share >= 0.75 then months end asc,
                share desc,
                months asc
        ) as place
    from shares
),

protected as (
    select
        given.kpi,
        cast($authority as varchar) as authority,
        given.period_end,
        given.period,
        given.team,
        cast(null as varchar) as worker,
        given.category,
        given.numerator,
        given.denominator,
        case when given.numerator is null then given.value end as value,
        given.symbol,
        given.value_low,
        given.value_high,
        false as is_exact,
        coalesce(ranked.place = 1, false) as is_shown,
        given.in_service,
        given.in_categories,
        given.in_teams
    from given
    left join ranked
        on
            given.kpi = ranked.kpi
            and given.in_categories = ranked.in_categories
            and given.in_teams = ranked.in_teams
            and given.period = ranked.period
)

select * from exact
union all by name
select * from own
union all by name
select * from protected
