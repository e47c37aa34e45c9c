-- The rows of protected.parquet, none: for an edition that was published without it.
create table protected_rows (
    kpi varchar,
    level varchar,
    team varchar,
    category varchar,
    period_end date,
    period varchar,
    numerator double,
    denominator double,
    value double,
    value_low double,
    value_high double,
    symbol varchar
)
