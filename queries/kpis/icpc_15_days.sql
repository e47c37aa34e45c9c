/*---
title = "Initial child protection conferences within 15 working days"
question = "Are children at risk brought to a conference in time?"
unit = "percent"
better = "higher"
timing = "flow"
counts = "children"
numerator = "Of them, held 15 or fewer working days after the start of the section 47 enquiry"
denominator = "Initial child protection conferences held, transfers in left out"
definition = "Working Together: the initial conference takes place within 15 working days of the strategy discussion at which the section 47 enquiry was decided. DfE, children in need census."
sources = []
[benchmarks]
lait = "CP_conf_15days"
note = "Published for the year to 31 March."
---*/
