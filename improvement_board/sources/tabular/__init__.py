"""Record-level tables as CSV, Parquet or Excel files."""

from improvement_board.sources.tabular.adapter import LocalTables, SsdTables

__all__ = ["LocalTables", "SsdTables"]
