/* Notes the rows that fail one check, its own query in place of $failing_rows. */
insert into failures (check_no, row_id, value)
select
    $check_no as number_of_check,
    cast(failing._id as bigint) as row_id,
    cast(failing.value as varchar) as shown
from ($failing_rows) as failing
