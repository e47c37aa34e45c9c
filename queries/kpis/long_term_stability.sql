/*---
title = "Children in care for long in the same placement for two years"
question = "Do children in care have a home that lasts?"
unit = "percent"
better = "higher"
timing = "snapshot"
counts = "children"
numerator = "Of them, in the same placement for 2 years or more; an adoptive placement is joined to the one before it"
denominator = "Children in care under 16, in care for 2.5 years or more without a break"
definition = "DfE, children looked after in England: long-term placement stability at 31 March."
sources = []
[benchmarks]
file = "placement_stability:same_placement_two_years"
lait = "LAC_LongStable%"
note = "Published for 31 March."
---*/
