"""Publishers that do not protect, for the attack to catch: each gives rows of a council as CSV would hold them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from attack import Known, months_in

from improvement_board.protection import CountRow

Row = dict[str, object]
Counts = dict[tuple[str, str], tuple[float, float]]


def by_team(rows: Sequence[CountRow], kpi: str) -> Counts:
    """Numerator and denominator by team and month."""
    counts_by_month: Counts = {}
    for row in rows:
        if row.kpi == kpi:
            key = (row.team or "", row.period_end.isoformat())
            before = counts_by_month.get(key, (0.0, 0.0))
            counts_by_month[key] = (before[0] + row.numerator, before[1] + (row.denominator or 0.0))
    return counts_by_month


def _row(kpi: str, team: str | None, period: str, end: str, numerator: object, denominator: object = "") -> Row:
    level = "service" if team is None else "team"
    return {
        "kpi": kpi, "level": level, "team": team or "", "period": period, "period_end": end, "numerator": numerator,
        "denominator": denominator,
    }  # fmt: skip


def _over(counts: Counts, teams: Sequence[str], months: Sequence[str]) -> tuple[float, float]:
    there = [counts.get((team, month), (0.0, 0.0)) for team in teams for month in months]
    return sum(both_counts[0] for both_counts in there), sum(both_counts[1] for both_counts in there)


def small_cells_only(rows: Sequence[CountRow], known: Known) -> Iterator[Row]:
    """Team months with a numerator of 1 to 5 are blank, the service is exact."""
    counts = by_team(rows, "first")
    for month in known.months:
        yield _row("first", None, "month", month, _over(counts, known.teams, [month])[0])
        for team in known.teams:
            numerator = counts.get((team, month), (0.0, 0.0))[0]
            yield _row("first", team, "month", month, "" if 1 <= numerator <= 5 else numerator)


def next_smallest_too(rows: Sequence[CountRow], known: Known) -> Iterator[Row]:
    """Where one team of a month is blank, the next smallest is too; the same in quarters."""
    counts = by_team(rows, "first")
    for period, ends in (("month", known.months), ("quarter", known.months[2::3])):
        for end in ends:
            inside = months_in(period, end)
            yield _row("first", None, period, end, _over(counts, known.teams, inside)[0])
            cells = {team: _over(counts, [team], inside)[0] for team in known.teams}
            blank = {team for team, count in cells.items() if 1 <= count <= 5}
            if len(blank) == 1:
                rest = sorted((count, team) for team, count in cells.items() if team not in blank and count)
                blank |= {team for _, team in rest[:1]}
            yield from (_row("first", team, period, end, "" if team in blank else cells[team]) for team in cells)


def rate_beside_a_blank(rows: Sequence[CountRow], known: Known) -> Iterator[Row]:
    """The numerator is blank, its denominator and rate are not."""
    for (team, month), (numerator, denominator) in by_team(rows, "first").items():
        blank = 1 <= numerator <= 5
        row = _row("first", team, "month", month, "" if blank else numerator, denominator)
        yield {**row, "value": 100 * numerator / denominator if denominator else ""}


def rolling_year(rows: Sequence[CountRow], known: Known) -> Iterator[Row]:
    """The last 12 months added up, every month, blank where small; no month is given."""
    counts = by_team(rows, "first")
    for month_number in range(11, len(known.months)):
        inside = known.months[month_number - 11 : month_number + 1]
        for team in known.teams:
            numerator = _over(counts, [team], inside)[0]
            yield _row(
                "first", team, f"{inside[0]}..{inside[-1]}", inside[-1], "" if 1 <= numerator <= 5 else numerator
            )


def free_date_ranges(rows: Sequence[CountRow], known: Known) -> Iterator[Row]:
    """Two ranges of a team a month apart, each blank where small."""
    counts = by_team(rows, "first")
    for last in known.months[5:]:
        first = known.months[0]
        inside = [month for month in known.months if month <= last]
        for team in known.teams:
            numerator = _over(counts, [team], inside)[0]
            yield _row("first", team, f"{first}..{last}", last, "" if 1 <= numerator <= 5 else numerator)


def rounded_to_5(rows: Sequence[CountRow], known: Known) -> Iterator[Row]:
    """Every team month rounded to the nearest 5."""
    for (team, month), (numerator, _) in by_team(rows, "first").items():
        yield {**_row("first", team, "month", month, 5 * round(numerator / 5)), "symbol": "r5"}


NAIVE: tuple[Callable[[Sequence[CountRow], Known], Iterator[Row]], ...] = (
    small_cells_only, next_smallest_too, rate_beside_a_blank, rolling_year, free_date_ranges, rounded_to_5,
)  # fmt: skip
