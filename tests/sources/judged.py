"""What a source folder would show of an indicator: nothing, a figure beside a caveat, or a figure alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from improvement_board.building.caveats import caveats_of, caveats_of_tables
from improvement_board.building.records import open_records
from improvement_board.building.supply import source_records, supply
from improvement_board.declared.kpis import load_library
from improvement_board.sources.partial import column_gaps


@dataclass(frozen=True)
class Judged:
    """`value` is of the latest period, None where the KPI is left out; `caveats` are shown beside it; `rules` were
    broken; `needs` say why it is left out."""

    value: float | None
    caveats: tuple[str, ...]
    rules: frozenset[str]
    needs: tuple[str, ...]

    def is_fair(self, right: float) -> bool:
        """Whether the figure is right, absent or caveated."""
        return self.value is None or bool(self.caveats) or abs(self.value - right) < 1e-9


def judge(folder: Path, kpi: str, edition: date) -> Judged:
    """Read a folder as a build does, and work out one KPI over all teams."""
    definition = load_library()[kpi]
    with TemporaryDirectory() as work:
        supplied = supply(folder, Path(work), edition)
        rules = frozenset(finding.rule for finding in supplied.findings)
        needs = supplied.needs(definition)
        if supplied.stops or needs:
            return Judged(None, (), rules, needs or tuple(problem.message for problem in supplied.stops))
        gaps = column_gaps(definition, supplied.formats, supplied.gaps)
        doubted = caveats_of_tables(supplied.outcome, source_records(supplied))
        records = open_records(supplied.folder, "E08999901", edition)
        try:
            rows = records.compute(definition).aggregate("period_end, sum(numerator), sum(denominator)", "period_end")
            latest = rows.order("period_end desc").limit(1).fetchall()
        finally:
            records.connection.close()
        value = next((100 * numerator / denominator for _, numerator, denominator in latest if denominator), None)
        return Judged(value, caveats_of(definition, supplied.formats, doubted, gaps), rules, ())
