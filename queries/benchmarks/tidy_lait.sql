-- Numbers of authorities are decimal numbers in the file (358.0): three digits here. Blank text is empty.
update lait_cells
set
    la_number = coalesce(cast(try_cast(try_cast(la_number as double) as integer) as varchar), ''),
    area_name = coalesce(trim(area_name), ''),
    year = coalesce(trim(year), ''),
    text = nullif(trim(text), '')
