"""Counts what members are given of the indicators that children stand behind, edition by edition.

    python bench/protection_shares.py [--data FOLDER] [--each]

*Eligible* is a month of the service whose numerator, denominator and complement are each above five, by the exact
figures. Counted are the eligible months that members are given as months, the April–March years of an indicator that
have an eligible month and no month given, or no figure at all, and the bands of teams. --each adds a line an indicator.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from improvement_board.common.periods import year_end
from improvement_board.declared.kpis import Definition, read_definition

REPOSITORY = Path(__file__).resolve().parent.parent
LARGE = 5
EXACT = """select period_end, sum(numerator), sum(denominator)
    from read_parquet($file) where period = 'month' group by period_end having count(*) = count(numerator)"""
SERVICE = """select period, period_end from read_parquet($file)
    where kpi = $kpi and level = 'service' and category is null and symbol is null"""
BANDS = """select count(*) filter (symbol is null), count(*) from read_parquet($file)
    where kpi = $kpi and level = 'team'"""


@dataclass(frozen=True)
class Shares:
    """Of one indicator: eligible months, those given, years without a month or any figure, bands given and possible."""

    kpi: str
    eligible: int
    given: int
    no_month: int
    blank: int
    bands: int
    team_rows: int


def main() -> int:
    """Print a table, exit 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=REPOSITORY / "data")
    parser.add_argument("--each", action="store_true")
    asked = parser.parse_args()
    print("| edition | eligible months | given | share | years without a month | years blank | bands given | share |")
    print("|---|---|---|---|---|---|---|---|")
    for folder in sorted((asked.data / "editions").iterdir()):
        shares = list(shares_of(folder))
        total = Shares(folder.name, *(sum(getattr(each, name) for each in shares) for name in (
            "eligible", "given", "no_month", "blank", "bands", "team_rows")))  # fmt: skip
        for each in (*(shares if asked.each else ()), total):
            print(
                f"| {each.kpi} | {each.eligible:,} | {each.given:,} | {share(each.given, each.eligible)} "
                f"| {each.no_month} | {each.blank} | {each.bands:,} | {share(each.bands, each.team_rows)} |"
            )
    return 0


def shares_of(folder: Path) -> Iterator[Shares]:
    """The shares of every indicator of an edition that children stand behind."""
    with duckdb.connect() as connection:
        for file in sorted((folder / "definitions").glob("*.sql")):
            definition = read_definition(file)
            if definition.has_children and (folder / f"{file.stem}.parquet").is_file():
                yield _shares(connection, folder, definition)


def _shares(connection: duckdb.DuckDBPyConnection, folder: Path, definition: Definition) -> Shares:
    exact = connection.execute(EXACT, {"file": str(folder / f"{definition.id}.parquet")}).fetchall()
    eligible = {month for month, *parts in exact if is_eligible(definition, *parts)}
    protected = {"file": str(folder / "protected.parquet"), "kpi": definition.id}
    given = connection.execute(SERVICE, protected).fetchall()
    months = {end for period, end in given if period == "month"} & eligible
    years = {year_end(month) for month in eligible}
    no_month = years - {year_end(month) for month in months}
    blank = years - {year_end(end) for _, end in given}
    bands, team_rows = connection.execute(BANDS, protected).fetchall()[0]
    return Shares(definition.id, len(eligible), len(months), len(no_month), len(blank), bands, team_rows)


def is_eligible(definition: Definition, numerator: float, denominator: float | None) -> bool:
    """Whether all that a month counts is above five."""
    parts = [numerator] if denominator is None else [numerator, denominator]
    if definition.unit == "percent" and denominator is not None:
        parts.append(denominator - numerator)
    return all(part > LARGE for part in parts)


def share(some: int, of: int) -> str:
    """A percentage of one place; a dash out of nothing."""
    return f"{100 * some / of:.1f}%" if of else "–"


if __name__ == "__main__":
    sys.exit(main())
