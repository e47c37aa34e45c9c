/* What a ready extract's figures say of themselves: the greatest value, whether any is no whole number, and how many
rows have a numerator above their denominator. Reads `extract`. */
select
    max(value) as greatest_value,
    coalesce(bool_or(value <> round(value)), false) as has_parts,
    count(*) filter (where numerator > denominator) as more_than_all
from extract
