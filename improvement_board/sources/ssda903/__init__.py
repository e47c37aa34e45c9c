"""DfE's children looked after return (SSDA903): its CSV files or its XML form, of any number of years at once.

What the return cannot carry, and what is made of what it has:

- **Team**: none. **Worker**: only from the social worker episodes (from 2023-24), of children looked after only.
- **Ids**: none but the child's. Events get one from child and start, the same whenever they are read. A period of care
  is named after its first known episode, so earlier returns give earlier names.
- **When care began**: known where an episode starts it (RNE S). A child in care since before the first return has no
  `clae_entered_care_date`, and an episode or placement known only from the first return's year on starts there.
- **Reviews**: those held and how the child took part. When one was due, and cancelled ones, are not in it, so reviews
  on time cannot be known.
- **Health**: OC2 says for children in care 12 months or more at 31 March whether what was due in the year was done,
  not when. A yes is dated by the return's day, two for an assessment of a child under five. So up-to-date health
  assessments are right at that month's end, and in other months only as far as the year has not moved on.
- **Missing**: days without time, of children looked after only; return interviews are not in it.
- **Care leavers**: as DfE asks, around the birthday, taken as at the return's day. Team, worker, contact and pathway
  plan are not in it; relevant or former relevant follows from the age.
- **Placement distance**: only where the XML has it. **Legal status**: of children looked after only.
- Referrals, permanence, adoption, convictions, previous permanence and SDQ are not taken over: no indicator reads them.
- The day a return speaks of: see `returns.py`. What later returns deny of earlier ones: see `settle.py`. Placements:
  see `care.py`.
"""

from improvement_board.sources.ssda903.adapter import SSDA903
from improvement_board.sources.ssda903.carries import CARRIES, COVERS

__all__ = ["CARRIES", "COVERS", "SSDA903"]
