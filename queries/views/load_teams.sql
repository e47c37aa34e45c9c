-- The teams of an edition and how long each was at work, from all its extracts: one row per team, with what teams.parquet
-- says and two month ends. at_work_until is the last month in which the team has figures of at least a quarter as many
-- KPIs as in its fullest month: fewer are rows recorded late, or of a KPI that looks back a year. A team with a figure at
-- a month's end ($snapshots are the KPIs that are counted then) in at least half of its months is known by those alone.
-- known_until is the latest month in which any team has a figure of the kind that it is known by.
with

extracts as (
    select distinct
        parse_filename(filename, true) as kpi,
        team,
        period_end
    from read_parquet($files, filename = true, union_by_name = true)
    where team is not null
),

months as (
    select
        team,
        period_end,
        count(*) as kpis,
        count(case when kpi in (select unnest($snapshots)) then kpi end) as snapshots
    from extracts
    group by team, period_end
),

lives as (
    select
        team,
        2 * count(nullif(snapshots, 0)) >= count(*) as by_snapshots,
        max(kpis) as most_kpis,
        max(snapshots) as most_snapshots
    from months
    group by team
),

known as (
    select
        max(period_end) as last_period_end,
        max(case when snapshots > 0 then period_end end) as last_snapshot
    from months
),

at_work as (
    select
        months.team,
        lives.by_snapshots,
        max(months.period_end) as at_work_until
    from months
    inner join lives
        on months.team = lives.team
    where
        case
            when lives.by_snapshots then 4 * months.snapshots >= lives.most_snapshots
            else 4 * months.kpis >= lives.most_kpis
        end
    group by months.team, lives.by_snapshots
),

final as (
    select
        teams.team,
        teams.service,
        teams.first_period_end,
        teams.last_period_end,
        at_work.at_work_until,
        case when at_work.by_snapshots then known.last_snapshot else known.last_period_end end as known_until
    from read_parquet($file) as teams
    inner join at_work
        on teams.team = at_work.team
    cross join known
)

select *
from final
