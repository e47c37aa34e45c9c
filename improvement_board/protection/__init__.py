"""Small-number protection: what the roles committee and member may see of KPIs that count children.

Publishing works it out (`editions.protected_file`) and keeps it in the edition. Sensitive is every numerator,
denominator and complement (denominator − numerator) that is truly 1 to 5 (`threshold`), of a team or of the service, of
a month, quarter or April–March year. By arithmetic over all that is published, none may be shown to lie in 1–5, or be
narrowed to fewer than five values.

**What is published.**

- Service level: numerator, denominator and value by month, quarter and year. A count of 0 to 5 is small (0 too, or a
  gap would say "at least 1"): the numerator, the denominator of whatever it is, the complement of a percentage. If one
  figure of an April–March year is small, no month of that year is given; if a quarter is, none of the quarters; then
  only the year, if even that is not small. Categories step likewise, all of a KPI together and never finer than its
  total; a category that no year gives is not named. A snapshot's quarter and year are its latest month in them. Only
  whole periods: no rolling windows, no free ranges.
- Team level: the ten-point band a percentage lies in (`value_low` ≤ rate < `value_high`, the topmost with 100), by
  month end for a snapshot, by quarter and year for a flow, where the denominator is 10 or more. For an average of
  children over something that anybody may know (`averages` in same_children.toml: caseload, over workers) the band two
  units wide, where the children are 10 or more. No counts, no categories, no other units, nothing for "not recorded".
  Some bands are taken back (see below).
- A year with a figure that is not known (suppressed at source, or a rate without its parts) gives nothing, of its KPI's
  whole family: any sum would be too low. Extracts by quarter or year are left out, alone or beside months.
- What any other edition kept back (the month figures of a year, a team's band) stays kept back. A mean or limit may
  only be made from rows given here.

**Why it holds, service level.** Hidden months of a given quarter or year have every split of its total, so each count
runs from 0 to that total, 6 or more. Where categories are given by quarter and totals by month, the table of category
by month has given margins; a cell of it runs over as many values as the smallest of: its row, its column, all other
rows, all other columns, and one, which is 7 at least as each of these is made of given figures. KPIs that count the
same children (`queries/protection/same_children.toml`, and a council's plan) step together, so none gives another's
hidden months. A total is only given beside parts that earlier editions gave, of this KPI or of one that counts the same
children and may be missing now, if what is left over is not small, and not at all if one of those parts was restated
since.

**Why it holds, team level.** Every small count has its proof made for it: `worlds` looks for other councils, with whole
children, in which everything published is the same (service totals of this edition and earlier ones, every band) and
the count has 6 different values, which are never all in 1–5. Such a world is the true one with children moved between
this team's month and months of other teams that no published total tells apart, in all KPIs of a family at once; a
numerator within another's (severe and persistent absence) stays so, and what an average is divided by stays as it is.
Where none are found, bands over that month are taken back, the team's own first. With no band left over a month,
children move freely: between teams of a month whose total is given (6 or more in each part), within a quarter or year
if only that is given, or from nowhere. So it always ends in safety. Taking a band back adds worlds, never removes one;
a band that an earlier edition gave is held to, since that edition was safe by the same test. A service total that is
not safe beside such bands is not given: its whole family's year steps on.

A gap says no more than that: it has several reasons. What is left out: that one KPI's children are some of another's
where no KPI counts the rest (those in care for 42 days or more and all in care; episodes and the children in them); and
bands that an earlier edition gave of a KPI that is missing now. A series begins at the KPI's first month with a row,
which says that this month is not empty. Figures that were restated between editions are taken as other counts; only
totals over restated parts are kept back.
"""

from improvement_board.protection.publish import Protected, protect
from improvement_board.protection.reading import children_kpis, read_counts
from improvement_board.protection.rows import CountRow, MeasuredKpi, ProtectedRow
from improvement_board.protection.settings import Settings

__all__ = [
    "CountRow", "MeasuredKpi", "Protected", "ProtectedRow", "Settings", "children_kpis", "protect", "read_counts",
]  # fmt: skip
