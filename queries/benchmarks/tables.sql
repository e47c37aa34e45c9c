-- The tables in which published files are put together. One statement a table; filled by the other queries here.

-- One row a cell that may hold a figure: its file's publication, line, area, year, breakdowns, and the meaning of its column.
create table cells (
    publication varchar,
    line bigint,
    level varchar,
    region_code varchar,
    region_name varchar,
    la_number varchar,
    la_code varchar,
    la_name varchar,
    time_period varchar,
    dimension_1 varchar,
    dimension_2 varchar,
    dimension_3 varchar,
    meaning varchar,
    text varchar
);

-- What a row of a publication's file may have: a file without one of these columns has it empty.
create table cell_columns (
    line bigint,
    level varchar,
    region_code varchar,
    region_name varchar,
    la_number varchar,
    la_code varchar,
    la_name varchar,
    time_period varchar,
    dimension_1 varchar,
    dimension_2 varchar,
    dimension_3 varchar
);

-- One row a measure, area and year of the Local Authority Interactive Tool, as it stands there.
create table lait_cells (measure varchar, year varchar, area_name varchar, la_number varchar, text varchar);

-- What the text of a breakdown means. One row a publication, breakdown (1 to 3) and text.
create table dimension_values (publication varchar, position integer, text varchar, meaning varchar);

-- One row a measure of a publication (or of the Local Authority Interactive Tool, publication lait).
create table measures (
    publication varchar,
    measure varchar,
    unit varchar,
    scale double,
    decimals integer,
    highest double,
    year_type varchar,
    value_meaning varchar,
    numerator_meaning varchar,
    denominator_meanings varchar[],
    kind_1 varchar,
    kind_2 varchar,
    kind_3 varchar,
    denominator_kind_1 varchar,
    denominator_kind_2 varchar,
    denominator_kind_3 varchar
);

-- The period of a year as published. One row a type of year and text.
create table periods (year_type varchar, year varchar, period_start date, period_end date);

-- Which area a row of a publication is about. Two rows for a row in which two authorities report together.
create table places (
    level varchar,
    region_code varchar,
    la_number varchar,
    area_type varchar,
    area_code varchar,
    reported_with varchar
);

-- Which area a row of the Local Authority Interactive Tool is about.
create table lait_places (area_name varchar, la_number varchar, area_type varchar, area_code varchar);

-- The symbols that stand in for a figure.
create table symbols (symbol varchar);

-- One row an area: England, the regions, every authority.
create table areas (area_type varchar, area_code varchar, area_name varchar, region_code varchar, is_current boolean);

-- One row an authority and one of its statistical neighbours; what such neighbours are called.
create table neighbours (area_code varchar, area_name varchar, neighbour_code varchar, called varchar);

-- One row a measure, area and period: the value as published, or the symbol in its place. The parts are there only
-- where they are the area's own and give the published value, to the places it is published to.
create table figures (
    publication varchar,
    measure varchar,
    unit varchar,
    decimals integer,
    area_type varchar,
    area_code varchar,
    period_start date,
    period_end date,
    value double,
    numerator double,
    denominator double,
    symbol varchar,
    reported_with varchar,
    line bigint
);

-- What each KPI is compared with. One row a KPI and category (null: the whole KPI).
create table comparators (
    kpi varchar,
    category varchar,
    publication varchar,
    measure varchar,
    transform varchar,
    source varchar,
    vintage varchar
);

-- The published series of an authority's own figures. One row a KPI and category (null: the whole KPI).
create table own_series (
    kpi varchar,
    category varchar,
    publication varchar,
    measure varchar,
    transform varchar
);
