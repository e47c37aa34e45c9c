/*---
title = "Pupils who missed more sessions than there were"
severity = "error"
table = "attendance"
column = "sessions_unauthorised"
message = "with the authorised sessions is more than sessions_possible"
allowed = "authorised and unauthorised together no more than the possible sessions"
advice = "The row is kept out, since it would give an absence above 100%. Mend it in the attendance extract."
---*/
select
    _id,
    concat(sessions_unauthorised, ' with ', coalesce(sessions_authorised, 0), ' of ', sessions_possible) as value
from attendance
where coalesce(sessions_authorised, 0) + coalesce(sessions_unauthorised, 0) > sessions_possible
