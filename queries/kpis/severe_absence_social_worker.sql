/*---
title = "Severe absence of children with a social worker"
question = "Which children hardly go to school?"
unit = "percent"
better = "lower"
timing = "snapshot"
counts = "children"
numerator = "Of them, missing half or more of their own possible sessions in the school year"
denominator = "Pupils aged 5 to 15 with a social worker and any possible session in the school year"
category = "Plan type"
definition = "DfE, outcomes for children in need, including children looked after: severe absentees miss 50% or more of their own possible sessions, authorised or not."
sources = []
control_chart = false
[benchmarks]
headline = "in need"
note = "DfE counts the whole school year, for pupils with the plan type at 31 March; in care is 12 months or more. No comparator for all together."
[benchmarks.file]
"in need" = "absence:severe_absence_in_need"
"protection" = "absence:severe_absence_protection"
"in care" = "absence:severe_absence_in_care"
---*/
