-- The rows of protected_rows as a manager may see them, by the table managed: the others as gaps. A category of which
-- no figure is left is not named.
with

marked as (
    select
        rows.*,
        managed.kpi is not null as is_given
    from protected_rows as rows
    left join managed
        on
            rows.kpi = managed.kpi
            and managed.level = case
                when rows.level = 'team' then 'team' when rows.category is null then 'service' else 'category'
            end
            and managed.year_end = make_date(
                year(rows.period_end) + case when month(rows.period_end) > 3 then 1 else 0 end, 3, 31
            )
            and managed.months <= case rows.period when 'month' then 1 when 'quarter' then 3 else 12 end
),

kept as (
    select
        * replace (
            case when is_given then numerator end as numerator,
            case when is_given then denominator end as denominator,
            case when is_given then value end as value,
            case when is_given then value_low end as value_low,
            case when is_given then value_high end as value_high,
            case when is_given then symbol else 'c' end as symbol
        )
    from marked
)

select * exclude (is_given)
from kept
qualify category is null or bool_or(symbol is null) over (partition by kpi, category)
