"""The one way to DuckDB: sessions, limits, query texts, names quoted."""
