/* How many rows of a table fail each of its checks that set a row a condition, in one scan: $counts of them. */
select $counts
from $this_table as checked  -- noqa: AL05
cross join edition
