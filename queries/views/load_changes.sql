-- What changed since the edition before, in the order a board reads it.
select
    position,
    previous,
    kind,
    kpi,
    period_end,
    before,
    now,
    unit,
    grain,
    category,
    point_type,
    target,
    periods,
    goes_on,
    definition_changed
from read_parquet($file)
