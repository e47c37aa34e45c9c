"""Ofsted's Annex A: the workbook of child-level lists that a council keeps ready for an inspection, one or several.

What the workbook cannot carry, and what is made of what it has:

- **Time**: a list covers some months (six), or what is open now. Each workbook shows one month end (`as_at.py` says
  which). Several, such as one a month, together make a history: the latest counts where they have the same event.
  `AnnexA.first_days` says from which day each table is complete; figures from before are of those who remain.
- **Latest only**: of visits, reviews, health and dental checks, placements and legal statuses it has the latest one. So
  "seen in the last 10 working days" is right at the month ends that workbooks show and at no others; counts of visits,
  of placements in a year, of two health assessments for under-fives need a workbook a month, and some still miss.
- **Ids**: none but the child's. Events get one from child and day (and a number, where a day has several), the same
  whenever they are read.
- **Links**: an assessment or a plan does not say which referral it belongs to, so the 45 working days count from the
  assessment's start. A conference belongs to the enquiry of its row. A referral has need, closure and reason only where
  list 6 has the child with the same day.
- **Team and worker**: those of the row's case. Who held a case when is known for the month ends shown only: a spell
  begins at the first and ends at the first that shows otherwise. What happened before the first has no team of the
  child's.
- **In-need plans**: rows of list 6 with that case status, from the CIN start date, and closed ones not closed after
  assessment. **Seen alone**: only for protection plans; a child in need was seen on the day last seen.
- **Due dates** of reviews, cancelled ones and how children took part are not in it; nor are contacts' outcomes,
  transfers in, other councils' plans, reasons for placement changes, missing episodes (but for counts), factors.
- **Previous referrals and placements in a year** are counts without a place in the tables; previous protection plans
  have one (`previous_plans`).
- **Workers** have names, not ids: the id is what the `worker_id` setting makes of the name, else the name itself.
- Lists 10 and 11 (adoption, adopters) are recognised and not used: no indicator reads them.
"""

from improvement_board.sources.annex_a.adapter import AnnexA
from improvement_board.sources.annex_a.carries import CARRIES

__all__ = ["CARRIES", "AnnexA"]
