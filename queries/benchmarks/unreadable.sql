-- Figures that are neither a number nor a known symbol, or a number that cannot be. The rows returned are the failures.
select
    figures.publication,
    figures.measure,
    figures.line,
    figures.area_code,
    figures.period_end,
    coalesce(figures.symbol, cast(figures.value as varchar)) as text
from figures
inner join measures
    on
        figures.publication = measures.publication
        and figures.measure = measures.measure
where
    (figures.symbol is not null and figures.symbol not in (select symbols.symbol from symbols))
    or figures.value < 0
    or figures.value > coalesce(measures.highest, figures.value)
order by
    figures.publication,
    figures.line,
    figures.measure,
    figures.area_code,
    figures.period_end
