-- Cells to figures: one row a measure, area and period. A value that is no number is a symbol and stays one.
insert into figures
with numbers as (
    select
        cells.publication,
        cells.line,
        places.area_type,
        places.area_code,
        places.reported_with,
        cells.time_period,
        cells.meaning,
        coalesce(first_kind.meaning, '') as kind_1,
        coalesce(second_kind.meaning, '') as kind_2,
        coalesce(third_kind.meaning, '') as kind_3,
        case
            when regexp_full_match(replace(cells.text, ',', ''), '[+-]?[0-9]+([.][0-9]*)?([eE][+-]?[0-9]{1,2})?')
                then cast(replace(cells.text, ',', '') as double)
        end as number,
        cells.text
    from cells
    inner join places
        on
            cells.level = places.level
            and cells.region_code = places.region_code
            and cells.la_number = places.la_number
    left join dimension_values as first_kind
        on
            cells.publication = first_kind.publication
            and cells.dimension_1 = first_kind.text
            and first_kind.position = 1
    left join dimension_values as second_kind
        on
            cells.publication = second_kind.publication
            and cells.dimension_2 = second_kind.text
            and second_kind.position = 2
    left join dimension_values as third_kind
        on
            cells.publication = third_kind.publication
            and cells.dimension_3 = third_kind.text
            and third_kind.position = 3
),

published_values as (
    select
        measures.*,
        numbers.area_type,
        numbers.area_code,
        numbers.reported_with,
        numbers.time_period,
        numbers.line,
        numbers.number as value,
        case when numbers.number is null then numbers.text end as symbol
    from measures
    inner join numbers
        on
            measures.publication = numbers.publication
            and measures.value_meaning = numbers.meaning
            and measures.kind_1 = numbers.kind_1
            and measures.kind_2 = numbers.kind_2
            and measures.kind_3 = numbers.kind_3
),

numerators as (
    select
        measures.publication,
        measures.measure,
        numbers.line,
        numbers.area_code,
        numbers.number as numerator
    from measures
    inner join numbers
        on
            measures.publication = numbers.publication
            and measures.numerator_meaning = numbers.meaning
            and measures.kind_1 = numbers.kind_1
            and measures.kind_2 = numbers.kind_2
            and measures.kind_3 = numbers.kind_3
),

denominators as (
    select
        measures.publication,
        measures.measure,
        numbers.area_code,
        numbers.time_period,
        sum(numbers.number) as denominator
    from measures
    inner join numbers
        on
            measures.publication = numbers.publication
            and list_contains(measures.denominator_meanings, numbers.meaning)
            and measures.denominator_kind_1 = numbers.kind_1
            and measures.denominator_kind_2 = numbers.kind_2
            and measures.denominator_kind_3 = numbers.kind_3
    group by
        measures.publication,
        measures.measure,
        measures.denominator_meanings,
        numbers.area_code,
        numbers.time_period
    having count(numbers.number) = len(measures.denominator_meanings)
),

with_parts as (
    select
        published_values.*,
        numerators.numerator,
        denominators.denominator,
        published_values.scale * numerators.numerator / nullif(denominators.denominator, 0) as rate_of_parts
    from published_values
    left join numerators
        on
            published_values.publication = numerators.publication
            and published_values.measure = numerators.measure
            and published_values.line = numerators.line
            and published_values.area_code = numerators.area_code
    left join denominators
        on
            published_values.publication = denominators.publication
            and published_values.measure = denominators.measure
            and published_values.time_period = denominators.time_period
            and published_values.area_code = denominators.area_code
),

rounded as (
    select
        *,
        reported_with is null
        and abs(rate_of_parts - value) <= 0.5 * power(10, -decimals) + 1e-9 as parts_hold
    from with_parts
)

select
    rounded.publication,
    rounded.measure,
    rounded.unit,
    rounded.decimals,
    rounded.area_type,
    rounded.area_code,
    periods.period_start,
    periods.period_end,
    rounded.value,
    case when rounded.parts_hold then rounded.numerator end as numerator,
    case when rounded.parts_hold then rounded.denominator end as denominator,
    rounded.symbol,
    rounded.reported_with,
    rounded.line
from rounded
inner join periods
    on
        rounded.year_type = periods.year_type
        and rounded.time_period = periods.year
