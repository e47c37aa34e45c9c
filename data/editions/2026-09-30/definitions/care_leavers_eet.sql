/*---
title = "Care leavers in education, employment or training"
question = "Are care leavers learning or in work?"
unit = "percent"
better = "higher"
timing = "snapshot"
counts = "children"
children_of = "care leavers"
numerator = "Of them, in education, employment or training, full or part time"
denominator = "Care leavers aged 17 to 21, those who died or returned home left out; not known stays in"
category = "Age"
definition = "DfE, children looked after in England: care leavers' activity, full time (codes F) or part time (codes P). Relevant and former relevant young people; own figures at each month's end. Not in touch, refusing contact, no longer requiring services and nothing recorded stay in the denominator."
caveats = "DfE counts in the three months before to one month after the young person's birthday, in the year to 31 March: compare roughly. Young people without a date of birth are left out. Records that hold only the present give only the edition's own month. The team and worker are the care leaver's own; where none is recorded, those allocated at the month's end."
sources = ["ssd_care_leavers", "ssd_person"]
[benchmarks]
headline = "19–21"
note = "DfE counts around birthdays in the year to 31 March: compare roughly. No comparator for both ages together."
[benchmarks.file]
"17–18" = "care_leavers_activity:active_17_18"
"19–21" = "care_leavers_activity:active_19_21"
[benchmarks.lait]
"19–21" = "CareLeaverEET"
---*/
select
    authority,
    period_end,
    team,
    worker,
    age_group as category,
    cast(sum(case when left(activity, 1) in ('F', 'P') then 1 else 0 end) as double) as numerator,
    cast(count(*) as double) as denominator
from care_leaver_months
group by
    authority,
    period_end,
    team,
    worker,
    age_group
