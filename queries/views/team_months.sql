-- One row per team in the extracts: its service, and the first and last month end it has a figure for.
with

extracts as (
    select
        team,
        period_end
    from read_parquet($files)
    where team is not null
),

final as (
    select
        extracts.team,
        services.service,
        min(extracts.period_end) as first_period_end,
        max(extracts.period_end) as last_period_end
    from extracts
    left join services
        on extracts.team = services.team
    group by extracts.team, services.service
)

select
    team,
    service,
    first_period_end,
    last_period_end
from final
order by team
