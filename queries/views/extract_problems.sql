-- The rules of the KPI-extract contract that extracts break: one row per KPI, rule and column, with a value that breaks it.
with

extract as (
    select
        parse_filename(filename, true) as kpi,
        authority,
        period_end,
        period,
        numerator,
        denominator,
        value
    from read_parquet($files, filename = true)
),

kinds as (
    select
        kpi,
        min(period) as period
    from extract
    group by kpi
),

broken as (
    select
        kpi,
        'is not the plan''s authority' as rule,
        'authority' as place,
        authority as found,
        $authority as allowed
    from extract
    where authority is distinct from $authority

    union all

    select
        kpi,
        'is not the last day of a month' as rule,
        'period_end' as place,
        cast(period_end as varchar) as found,
        'the last day of a month' as allowed
    from extract
    where period_end is null or period_end <> last_day(period_end)

    union all

    select
        kpi,
        'lies after the edition' as rule,
        'period_end' as place,
        cast(period_end as varchar) as found,
        'up to ' || cast($edition as varchar) as allowed
    from extract
    where period_end > $edition

    union all

    select
        kpi,
        'is not a period' as rule,
        'period' as place,
        period as found,
        'month, quarter, year' as allowed
    from extract
    where period is null or period not in ('month', 'quarter', 'year')

    union all

    select
        kpi,
        'is not a finite number of 0 or more' as rule,
        'numerator' as place,
        cast(numerator as varchar) as found,
        'a number of 0 or more' as allowed
    from extract
    where numerator < 0 or isnan(numerator) or isinf(numerator)

    union all

    select
        kpi,
        'is not a finite number of 0 or more' as rule,
        'denominator' as place,
        cast(denominator as varchar) as found,
        'a number of 0 or more' as allowed
    from extract
    where denominator < 0 or isnan(denominator) or isinf(denominator)

    union all

    select
        kpi,
        'is not a finite number' as rule,
        'value' as place,
        cast(value as varchar) as found,
        'a number' as allowed
    from extract
    where isnan(value) or isinf(value)

    union all

    select
        kpi,
        'stands beside a numerator' as rule,
        'value' as place,
        cast(value as varchar) as found,
        'a value only where numerator and denominator are empty' as allowed
    from extract
    where value is not null and (numerator is not null or denominator is not null)

    union all

    select
        kpi,
        'a ratio without its denominator' as rule,
        'denominator' as place,
        cast(numerator as varchar) as found,
        'a denominator beside each numerator' as allowed
    from extract
    where kpi in (select unnest(cast($ratios as varchar[]))) and numerator is not null and denominator is null

    union all

    select
        kpi,
        'a denominator without its numerator' as rule,
        'numerator' as place,
        cast(denominator as varchar) as found,
        'a numerator beside each denominator' as allowed
    from extract
    where numerator is null and denominator is not null

    union all

    select
        extract.kpi,
        'is not the period of the other rows' as rule,
        'period' as place,
        extract.period as found,
        'one kind of period in an extract' as allowed
    from extract
    inner join kinds
        on extract.kpi = kinds.kpi
    where extract.period <> kinds.period
)

select
    kpi,
    rule,
    place,
    min(found) as found,
    allowed,
    count(*) as failing_rows
from broken
group by kpi, rule, place, allowed
order by kpi, rule, place
