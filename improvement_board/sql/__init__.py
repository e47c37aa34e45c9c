"""The one way to DuckDB: it connects, limits, loads texts of SQL, binds, quotes, times, and names queries in errors."""
