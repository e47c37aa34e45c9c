/*---
title = "Child protection plans reviewed on time"
question = "Are protection plans reviewed when they are due?"
unit = "percent"
better = "higher"
timing = "snapshot"
counts = "children"
numerator = "Of them, every review due in the last 12 months was held by its due date"
denominator = "Children on a child protection plan for 3 months or more"
definition = "Working Together: the first review within 3 months of the initial conference, further ones at intervals of no more than 6 months. DfE, children in need census, at 31 March."
sources = []
control_chart = false
[benchmarks]
lait = "RevCP"
note = "Published for children on a plan at 31 March, over the year before."
---*/
