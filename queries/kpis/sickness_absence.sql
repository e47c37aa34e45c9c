/*---
title = "Social workers' sickness absence"
question = "Is the workforce well?"
unit = "percent"
better = "lower"
timing = "snapshot"
counts = "workers"
numerator = "Working days that social workers lost to sickness in the last 12 months, agency workers left out"
denominator = "In-post full-time equivalent social workers × 253 working days (254 if the 12 months hold 29 February)"
definition = "DfE, children's social work workforce: days missed because of sickness absence in the year to 30 September, over in-post full-time equivalents × 253 or 254 working days."
sources = []
control_chart = false
[benchmarks]
file = "workforce:absence_rate"
lait = "Work_Force_SWAbsence"
note = "DfE counts the year to 30 September."
---*/
