/*---
title = "Children in care with an up-to-date health assessment"
question = "Are children in care kept healthy?"
unit = "percent"
better = "higher"
timing = "snapshot"
counts = "children"
numerator = "Of them, with a completed health assessment in the last 12 months (two, if under 5)"
denominator = "Children in care for 12 months or more without a break"
definition = "Promoting the health and well-being of looked-after children: a review every 12 months, every 6 months under 5. DfE, children looked after in England, year to 31 March."
sources = []
control_chart = false
[benchmarks]
lait = "LACHealth%"
note = "Published for children looked after for 12 months or more at 31 March."
---*/
