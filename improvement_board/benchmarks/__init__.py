"""Published statistics as comparators: `benchmarks.parquet`, and the figures of a home made from them alone.

A file is told by its columns, never by its name, and read by the aliases of `aliases.toml`; a KPI's definition says in
`[benchmarks]` what it is compared with (`declared`). Figures come out as published; symbols stay symbols.
"""

from improvement_board.benchmarks.catalogue import PublishedFile, attribution, publication_table
from improvement_board.benchmarks.published import Published, SourceFile, load_published
from improvement_board.benchmarks.write import OwnNeighbours, Summary, make_benchmarks, write_benchmarks

__all__ = [
    "OwnNeighbours",
    "Published",
    "PublishedFile",
    "SourceFile",
    "Summary",
    "attribution",
    "load_published",
    "make_benchmarks",
    "publication_table",
    "write_benchmarks",
]
