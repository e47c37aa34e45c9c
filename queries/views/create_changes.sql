-- What changed since the edition before, one row per change, in the order a board reads it.
create table changes (
    position integer,
    previous varchar,
    kind varchar,
    kpi varchar,
    period_end date,
    before double,
    now double,
    unit varchar,
    grain varchar,
    category varchar,
    point_type varchar,
    target double,
    periods integer,
    goes_on boolean,
    definition_changed boolean,
    title varchar,
    cause varchar
)
