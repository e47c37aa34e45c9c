"""Small-number protection: what the roles committee and member may see of KPIs that children stand behind.

Publishing works it out and keeps it in the edition. docs/explanation/protection.md says what is given, what is withheld
and why it holds; in short:

- Sensitive is every numerator, denominator and complement (denominator − numerator) of truly 1 to 5 (`threshold`)
  different children, of a team, a category or the service, of a month, quarter or April–March year. By arithmetic over
  all that is published, none may be shown to lie in 1–5, or be narrowed to fewer than five values.
- The service's figures come first (`stepping`): small ones are withheld, with as many others as keep them from being
  worked out, and each step is audited beside the family, the KPIs that it counts some of (`rests`) and all editions
  (`derived`, `boundaries`).
- Bands of teams are given where they are safe beside them (`teams`, `moves`, `worlds`).
- Managers know their own teams; what they may see of the service beside these is in `managers`.

Where a child may be in a count more than once, the KPI's query names the children, and how many different ones there
are is worked out for each series and run of months (`children`). A gap says no more than that: it has several reasons.
"""

from improvement_board.protection.children import ChildRow
from improvement_board.protection.edition_counts import (
    children_kpis,
    counts_of,
    names_children,
    read_children,
    read_counts,
)
from improvement_board.protection.publish import Protected, protect
from improvement_board.protection.rows import CountRow, MeasuredKpi, ProtectedRow
from improvement_board.protection.settings import Settings

__all__ = [
    "ChildRow", "CountRow", "MeasuredKpi", "Protected", "ProtectedRow", "Settings", "children_kpis", "counts_of",
    "names_children", "protect", "read_children", "read_counts",
]  # fmt: skip
