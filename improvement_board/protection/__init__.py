"""Small-number protection: what the roles committee and member may see of KPIs that children stand behind.

Publishing works it out (`editions.protected_file`) and keeps it in the edition. Sensitive is every numerator,
denominator and complement (denominator − numerator) of truly 1 to 5 (`threshold`) different children, of a team or of
the service, of a month, quarter or April–March year. Where a child may be in a count more than once, the KPI's query
names the children, and how many different ones there are is worked out for each series and run of months (`children`).
By arithmetic over all that is published, none may be shown to lie in 1–5, or be
narrowed to fewer than five values.

**What is published.**

- Service level: numerator, denominator and value by month, quarter and year. A count of 0 to 5 is small (0 too, or a
  gap would say "at least 1"), and so is any of 5 different children or fewer: the numerator, the denominator of
  whatever it is, the complement of a percentage; over months that are hidden, one more for each month after the first.
  If one figure of an April–March year is small, no month of that year is given; if a quarter is, none of the quarters;
  then only the year, if even that is not small. Categories step likewise, all of a KPI together, never finer than its
  total, and not where a KPI of the same children has few in one of them; a category that no year gives is not named. A
  snapshot's quarter and year are its latest month in them. Only whole periods: no rolling windows, no free ranges.
- A KPI that counts some of another's children (`part_of`) steps on where those left over are few (`rests`): in all, in
  a category of both, and in what the totals of all editions together leave over. So does one that never has more than
  another that counts some of the same children.
- Team level: the ten-point band a percentage lies in (`value_low` ≤ rate < `value_high`, the topmost with 100), by
  month end for a snapshot, by quarter and year for a flow, where the denominator is of 10 different children or more.
  For an average of children over something that anybody may know (`averages` in same_children.toml: caseload, over
  workers) the band two units wide, where the children are 10 or more. No counts, no categories, no other units, nothing
  for "not recorded". Some bands are taken back (see below).
- Of a KPI that does not say whose children it counts, or may count one twice and does not name them (`is_certain`),
  only years of the service, of 60 or more (`UNCERTAIN`).
- A year with a figure that is not known (suppressed at source, or a rate without its parts) gives nothing, of its KPI's
  whole family: any sum would be too low. Extracts by quarter or year are left out, alone or beside months.
- What any other edition kept back (the month figures of a year, a team's band) stays kept back. A mean or limit may
  only be made from rows given here.

**Why it holds, service level.** Take one count of a flow, numerator, complement or denominator, in one April–March
year. The boundaries of its months are nodes, and every total that any edition gave of it, and this one gives, is an
edge (`boundaries`); the denominators of KPIs that count the same children are one count, whichever gave them, be they
still there or not. Known is the total between two boundaries that edges connect, as the difference of their heights,
and no other. Months, quarters and years lie inside one another or apart, so edges can be drawn without crossing, and
they part the months into blocks: the boundaries round a block are connected, those inside it are free. So a block's
total is known, any split of it over its months agrees with everything given, one block's split says nothing of
another's, and every total that can be worked out is a sum of whole blocks. A block of h months has `threshold` + h or
more (6 for one month, 8 for a quarter, 17 for a year): each hidden month then has 6 values or more and can be more
than 5, even for somebody who knows that no other month of it is 0 (h - 1 of the total is theirs, `threshold` + 1 are
left). A grain at which a block has fewer is not given, and the next coarser is asked.

Numerator and complement are split like that independently of each other. Where a relative gave denominators of parts
of a block, a month's numerator and complement add up to a known total, as two rows of a table with given margins; a
cell of a table has as many values as the smallest of its row, its column, all other rows and all other columns, and
one. A column of f hidden cells has `threshold` + f or more, rows likewise, so each cell has 6 values even if all
others are known not to be 0. The same holds of categories by quarter or year beside totals of shorter periods, f
being categories times months (and times two for a denominator). Where a column is too small, categories are given by
coarser periods or not. KPIs that count the same children step together, so no month is hidden in one and given in the
other.

What was published stays published: of an edition withdrawn, of a KPI that is gone, of a category that has another
name. A total that was known before this edition cannot be taken back and is no reason to hide another; what is
published now must add nothing small to it. A figure that an edition gives again takes the place of what it was (it is
visibly restated); all other older figures may still be true, so where figures of different times do not add up, every
total that any of them gives is asked, and what is true today besides. So is what today's children leave beside a
numerator that was given of them before (of a rate that is gone, beside a count of the same children). How much a
figure was restated by is not a count of children and is not protected.

**Why it holds, team level.** Every small count has its proof made for it: `worlds` looks for other councils, with
whole children, in which everything published is the same (service totals of this edition and earlier ones, every
band) and the count has 6 different values, which are never all in 1–5. Such a world is the true one with children
moved between this team's month and months of other teams that no published total tells apart, in all KPIs of a family
at once; a numerator within another's (severe and persistent absence) stays so, and what an average is divided by
stays as it is. Where none are found, bands over that month are taken back, the team's own first. With no band left
over a month, children move freely: between teams of a month whose total is given (6 or more in each part), within a
quarter or year if only that is given, or from nowhere. So it always ends in safety. Taking a band back adds worlds,
never removes one; a band that an earlier edition gave is held to, since that edition was safe by the same test. A
service total that is not safe beside such bands is not given: its whole family's year steps on.

**Managers** know their own teams exactly; what they may see of the service beside these is in `managers`.

A gap says no more than that: it has several reasons. What is left out: that one KPI's children are some of another's
where neither definition says so (`part_of`), and what a part leaves of a whole where one of the two is
missing now, or restated since the other was given.
Of a band that an earlier edition gave, of a KPI that is missing now or of a rate that was restated since, only that
there were ten children. A series begins at the KPI's first month with a row, which says that this month is not empty.
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
