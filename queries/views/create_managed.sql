-- What managers may see of protected figures, nothing: for an edition that was published without working it out.
create table managed (
    kpi varchar,
    level varchar,
    year_end date,
    months integer
)
