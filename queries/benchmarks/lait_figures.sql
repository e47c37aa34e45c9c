-- The Local Authority Interactive Tool's cells to figures. Its values are text with binary noise (16.600000000000001):
-- rounded to the data dictionary's decimal places, or to $digits significant digits where it names none.
insert into figures
with numbers as (
    select
        *,
        case
            when regexp_full_match(replace(text, ',', ''), '[+-]?[0-9]+([.][0-9]*)?([eE][+-]?[0-9]{1,2})?')
                then cast(replace(text, ',', '') as double)
        end as number
    from lait_cells
)

select
    measures.publication,
    measures.measure,
    measures.unit,
    measures.decimals,
    lait_places.area_type,
    lait_places.area_code,
    periods.period_start,
    periods.period_end,
    case
        when measures.decimals is not null then round(numbers.number, measures.decimals)
        when numbers.number = 0 then 0
        else round(numbers.number, cast($digits - 1 - floor(log10(abs(numbers.number))) as integer))
    end as value,
    null as numerator,
    null as denominator,
    case when numbers.number is null then numbers.text end as symbol,
    null as reported_with,
    null as line
from numbers
inner join measures
    on
        numbers.measure = measures.measure
        and measures.publication = 'lait'
inner join lait_places
    on
        numbers.area_name = lait_places.area_name
        and numbers.la_number = lait_places.la_number
inner join periods
    on
        measures.year_type = periods.year_type
        and numbers.year = periods.year
