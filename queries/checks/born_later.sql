/*---
title = "Children born after the edition's date"
severity = "warning"
table = "ssd_person"
column = "pers_dob"
message = "is after the edition's date"
allowed = "a day that has been; the day a child is expected goes to pers_expected_dob"
advice = "The child is kept, but ages worked out from the day are wrong."
---*/
select
    ssd_person._id,
    cast(ssd_person.pers_dob as varchar) as value
from ssd_person
cross join edition
where ssd_person.pers_dob > edition.day
