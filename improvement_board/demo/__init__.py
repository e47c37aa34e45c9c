"""The demonstration council "Northbridge": made-up records that tell a story a board would recognise.

Nothing in it is a real child, worker or council. The same seed gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from improvement_board.demo.council import simulate, tables
from improvement_board.demo.days import month_start
from improvement_board.demo.write import write_edition

SEED = 20190401
FIRST_MONTH = date(2019, 4, 1)
SMALLEST_SCALE = 0.005
EDITIONS = (date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30))

__all__ = ["EDITIONS", "FIRST_MONTH", "SEED", "write_demo"]


def write_demo(
    out: Path,
    *,
    seed: int = SEED,
    editions: Sequence[date] = EDITIONS,
    scale: float = 1.0,
    first_month: date = FIRST_MONTH,
    progress: Callable[[str], None] | None = None,
) -> None:
    """Write the record-level tables as they stood on each edition's date, to `out`/<edition date>/<table>.parquet.

    All editions show one simulated truth from `first_month` on: each only what had been recorded by its date, so that
    a later one restates recent months. `scale` 1 is a council with about 3,000 open children; 0.02 a small one for
    tests. Each folder is signed, so that `build` knows it as made up. Raises ValueError for a scale below 0.005, for no
    edition, or for one that is not the last day of a month from `first_month` on.
    """
    first = first_month.replace(day=1)
    at_month_ends = all(edition == month_start(edition, 1) - timedelta(days=1) for edition in editions)
    if scale < SMALLEST_SCALE or not editions or min(editions) < first or not at_month_ends:
        raise ValueError(
            f"the demonstration needs a scale from {SMALLEST_SCALE} and editions at month ends after its first month"
        )
    world = simulate(seed, first, max(editions), scale)
    truths = list(tables(world))
    for edition in sorted(editions):
        if progress:
            progress(f"{edition}: {len(truths)} tables")
        write_edition(out / edition.isoformat(), truths, edition, first)
