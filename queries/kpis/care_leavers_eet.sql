/*---
title = "Care leavers in education, employment or training"
question = "Are care leavers learning or in work?"
unit = "percent"
better = "higher"
timing = "snapshot"
counts = "children"
numerator = "Of them, in education, employment or training, full or part time"
denominator = "Care leavers aged 17 to 21, those who died or returned home left out; not known stays in"
category = "Age"
definition = "DfE, children looked after in England: care leavers' activity."
caveats = "DfE counts in the three months before to one month after the young person's birthday, in the year to 31 March: compare roughly."
sources = []
[benchmarks]
headline = "19–21"
note = "DfE counts around birthdays in the year to 31 March: compare roughly. No comparator for both ages together."
[benchmarks.file]
"17–18" = "care_leavers_activity:active_17_18"
"19–21" = "care_leavers_activity:active_19_21"
[benchmarks.lait]
"19–21" = "CareLeaverEET"
---*/
