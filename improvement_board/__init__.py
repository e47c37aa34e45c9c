"""The Improvement Board dashboard: KPI extracts in, a board's two minutes out."""

__version__ = "0.1.0"
