-- The rows of a protected edition, from one list for each column, as protected.parquet holds them.
select
    cast(unnest($kpi) as varchar) as kpi,
    cast(unnest($level) as varchar) as level,
    cast(unnest($team) as varchar) as team,
    cast(unnest($category) as varchar) as category,
    cast(unnest($period_end) as date) as period_end,
    cast(unnest($period) as varchar) as period,
    cast(unnest($numerator) as double) as numerator,
    cast(unnest($denominator) as double) as denominator,
    cast(unnest($value) as double) as value,
    cast(unnest($value_low) as double) as value_low,
    cast(unnest($value_high) as double) as value_high,
    cast(unnest($symbol) as varchar) as symbol
