/* The values of $this_column in $these_rows that are not of $this_type: one of them, and how many rows have such.
   Blank is null, and null fits. DuckDB reads 3.7 as the whole number 4, which it is not. */
with cells as (
    select nullif(trim(cast($this_column as varchar)), '') as cell
    from $these_rows
)

select
    min(cells.cell) as example,
    count(*) as rows_unfit
from cells
where
    cells.cell is not null
    and (
        try_cast(cells.cell as $this_type) is null
        or ($is_whole and try_cast(cells.cell as double) <> try_cast(cells.cell as $this_type))
    )
