/*---
title = "Child protection plans open for two years or more"
question = "Do protection plans change things for children?"
unit = "percent"
better = "lower"
timing = "snapshot"
counts = "children"
numerator = "Of them, open for 730 days or more"
denominator = "Children on a child protection plan"
definition = "DfE, children in need census: children on a child protection plan continuously for two years or longer (more than 729 days), at 31 March."
sources = []
[benchmarks]
file = "plan_duration:two_years"
lait = "CPPlans2yrsActive"
note = "Published for 31 March. Small numbers are often suppressed."
---*/
