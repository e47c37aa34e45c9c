/*---
title = "Care leavers in suitable accommodation"
question = "Do care leavers have a decent home?"
unit = "percent"
better = "higher"
timing = "snapshot"
counts = "children"
numerator = "Of them, in accommodation considered suitable"
denominator = "Care leavers aged 17 to 21, those who died or returned home left out; not known stays in"
category = "Age"
definition = "DfE, children looked after in England: care leavers' accommodation, suitable by the council's judgement under the 2010 Care Leavers Regulations."
caveats = "DfE counts in the three months before to one month after the young person's birthday, in the year to 31 March: compare roughly."
sources = []
[benchmarks]
headline = "19–21"
note = "DfE counts around birthdays in the year to 31 March: compare roughly. No comparator for both ages together."
[benchmarks.file]
"17–18" = "care_leavers_accommodation:suitable_17_18"
"19–21" = "care_leavers_accommodation:suitable_19_21"
[benchmarks.lait]
"19–21" = "CareLeaverAcc"
---*/
