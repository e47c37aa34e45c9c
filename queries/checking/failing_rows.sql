/* The rows that fail one check, its own query in place of $failing_rows. */
select
    $number as check_no,
    cast(failing._id as bigint) as row_id,
    cast(failing.value as varchar) as value
from ($failing_rows) as failing
