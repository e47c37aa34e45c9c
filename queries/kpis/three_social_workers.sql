/*---
title = "Children with three or more social workers in a year"
question = "Do children keep their social worker?"
unit = "percent"
better = "lower"
timing = "snapshot"
counts = "children"
numerator = "Of them, with 3 or more different allocated social workers in the last 12 months"
denominator = "Children with an allocated social worker"
category = "Plan type"
definition = "DfE, stability measures for children looked after (official statistics in development): unique social workers between 1 April and 31 March, for children in care at 31 March."
sources = []
control_chart = false
[benchmarks]
headline = "in care"
note = "Published for children in care only, from 2024."
[benchmarks.file]
"in care" = "social_worker_stability:three_or_more"
[benchmarks.lait]
"in care" = "Stability_SocialWorker"
---*/
