/*---
title = "Referrals"
question = "How many children are referred to us, and by whom?"
unit = "count"
better = "neither"
timing = "flow"
seasonal = true
counts = "children"
children_of = "children referred"
numerator = "Referrals received in the month"
category = "Source"
definition = "DfE children in need census: a request for children's social care services about one child, by the day it was made; those with no further action count too. Sources are grouped as in the census guide (individual, school, education, health, housing, council, police, legal, other, anonymous, unknown); code 10, no code and unknown codes are unknown."
caveats = "The team is the one recorded on the referral, else the one that held the child's case that day."
sources = ["ssd_cin_episodes"]
[benchmarks]
file = "referrals:referrals_rate"
lait = "CPP_Total_Rateper10,000"
unit = "rate_per_10000"
own = {file = "referrals:referrals", lait = "CPP_Total_NumRef"}
note = "Published as a rate per 10,000 children for the year to 31 March: compare the last 12 months added up, and only as a rate."
---*/
select
    authority,
    period_end,
    team,
    worker,
    source_group as category,
    list(person_id) as children,
    cast(count(*) as double) as numerator,
    cast(null as double) as denominator
from received_referrals
group by
    authority,
    period_end,
    team,
    worker,
    source_group
