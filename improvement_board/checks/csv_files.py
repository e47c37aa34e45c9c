"""Findings and rejected rows as CSV: every one of them, for whoever mends them in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyarrow.parquet as pq

from improvement_board.checks.report import CheckReport, name_within, row_of
from improvement_board.common.files import write_whole
from improvement_board.figures.csv import BYTE_ORDER_MARK, safe_text
from improvement_board.sources.findings import Findings, RowOfFile

FINDING_COLUMNS = (
    "file", "sheet", "row", "table", "column", "value", "rule", "severity", "message", "allowed", "times",
)  # fmt: skip
REJECT_COLUMNS = ("file", "sheet", "row", "table", "column", "value", "rule", "content")


def write_findings(report: CheckReport, file: Path) -> None:
    """Write all findings that were kept, those that stop first."""
    _write_csv(
        file, FINDING_COLUMNS, ([str(getattr(row, column)) for column in FINDING_COLUMNS] for row in report.rows)
    )


def write_rejects(findings: Findings, rejects: Path, source: Path, file: Path) -> None:
    """Write the rows kept out, a line for each reason: those of the adapters, then those of the checks in `rejects`.

    What an adapter could not read has no content. A row that a check kept out has it as JSON, without names of people.
    """
    _write_csv(
        file, REJECT_COLUMNS, [*_list_rejects_of_adapters(findings, source), *_list_rejects_of_checks(rejects, source)]
    )


def _list_rejects_of_adapters(findings: Findings, source: Path) -> Iterator[Sequence[str]]:
    """The reasons kept, then the places of rows beyond the ten thousand reasons that are kept of a rule."""
    told: set[tuple[str, RowOfFile]] = set()
    for finding in findings.of("error"):
        row = row_of(finding, source)
        if finding.table:
            told.add((finding.table, finding.row_of_file))
            yield (row.file, row.sheet, row.row, row.table, row.column, row.value, row.rule, "")
    for (_, table), rows in sorted(findings.rejected.items()):
        for row_of_file in sorted(rows, key=str):
            if (table, row_of_file) not in told:
                file, sheet, line, _ = row_of_file
                shown = str(line) if isinstance(line, int) else ""
                yield (name_within(source, file), sheet or "", shown, table, "", "", "", "")


def _list_rejects_of_checks(rejects: Path, source: Path) -> Iterator[Sequence[str]]:
    with pq.ParquetFile(rejects) as opened:
        for batch in opened.iter_batches():
            for reject in batch.to_pylist():
                content = {name: value for name, value in json.loads(reject["row"]).items() if value is not None}
                row_place = (name_within(source, reject["_file"]), reject["_sheet"], reject["_row"])
                yield (
                    *("" if part is None else str(part) for part in row_place),
                    reject["table"],
                    reject["column"] or "",
                    reject["value"] or "",
                    reject["check"],
                    json.dumps(content, ensure_ascii=False),
                )


def _write_csv(file: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    out = io.StringIO()
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([safe_text(cell) for cell in row] for row in rows)
    write_whole(file, out.getvalue())
