-- The comparators of an edition that has none.
create table benchmarks (
    kpi varchar,
    category varchar,
    area_type varchar,
    area_code varchar,
    area_name varchar,
    period_start date,
    period_end date,
    value double,
    symbol varchar,
    source varchar,
    vintage varchar
)
