"""Every KPI once more in plain Python, written from the KPI library's words and not from the SQL.

A module per KPI holds `recompute(tables, months, first_day, last_day, **parameters)`: rows of record-level tables in,
`{(period_end, team, worker, category): (numerator, denominator)}` out. `test_recompute.py` finds the modules and
compares each with its query over random demonstration councils.
"""
