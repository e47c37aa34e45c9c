"""Why a KPI's figures may be wrong, in sentences: its data are late, seem incomplete, or failed checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from improvement_board.checks.running import CheckOutcome
from improvement_board.declared.kpis import Definition
from improvement_board.editions.manifest import SourceRecord
from improvement_board.sources.gaps import CAVEAT_SHARE, Gap
from improvement_board.sources.partial import caveats_of_parts

OF_THE_RECORDS = "a change in the latest month may be of the records, not of the service"


def caveats_of_tables(outcome: CheckOutcome, sources: Sequence[SourceRecord]) -> dict[str, tuple[str, ...]]:
    """Sentences for each table whose figures get a caveat: a check of its volume failed, or many rows were kept out."""
    sentences_of_tables: dict[str, list[str]] = {}
    for result in outcome.results:
        if result.check.gives_caveat and result.failures:
            said = f" ({result.first[0].problem.value})" if result.first else ""
            sentences_of_tables.setdefault(result.check.table, []).append(
                f"{result.check.title}{said}: {OF_THE_RECORDS}."
            )
    read, rejected = Counter[str](), Counter[str]()
    for source in sources:
        read[source.table] += source.rows + source.rejected
        rejected[source.table] += source.rejected
    for table, kept_out in rejected.items():
        if kept_out > CAVEAT_SHARE * read[table]:
            share = f"{100 * kept_out / read[table]:.1f}%"
            sentences_of_tables.setdefault(table, []).append(f"Checks kept out {kept_out:,} rows of {table} ({share}).")
    return {table: tuple(sentences) for table, sentences in sentences_of_tables.items()}


def caveats_of(
    definition: Definition,
    formats: Mapping[str, Sequence[str]],
    of_tables: Mapping[str, Sequence[str]],
    gaps: Sequence[Gap] = (),
) -> tuple[str, ...]:
    """The sentences for one KPI, each once: what its formats lack, its columns' gaps, then those of its tables."""
    sentences = [*caveats_of_parts(definition, formats), *(gap.caveat for gap in gaps)]
    for table in definition.sources:
        sentences += of_tables.get(table, ())
    return tuple(dict.fromkeys(sentences))
