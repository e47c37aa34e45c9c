-- The cells of one publication's file. $columns names its columns, in order: those of cell_columns, value_<meaning>
-- for a column that may hold a figure, and unused_<n> for the others.
insert into cells
with file_rows as (
    select
        row_number() over () + 1 as line,
        *
    from read_csv(
        $file,
        columns = $columns,
        header = true,
        auto_detect = false,
        delim = ',',
        quote = '"',
        escape = '"',
        strict_mode = true
    )
),

complete as (
    select * from cell_columns
    union all by name
    select * from file_rows
),

long as (
    select *
    from complete
    unpivot include nulls (text for column_name in (columns('^value_')))
)

select
    $publication_id as publication,
    line,
    coalesce(trim(level), '') as level,
    coalesce(trim(region_code), '') as region_code,
    coalesce(trim(region_name), '') as region_name,
    coalesce(trim(la_number), '') as la_number,
    coalesce(trim(la_code), '') as la_code,
    coalesce(trim(la_name), '') as la_name,
    coalesce(trim(time_period), '') as time_period,
    coalesce(trim(dimension_1), '') as dimension_1,
    coalesce(trim(dimension_2), '') as dimension_2,
    coalesce(trim(dimension_3), '') as dimension_3,
    replace(column_name, 'value_', '') as meaning,
    nullif(trim(text), '') as text
from long
