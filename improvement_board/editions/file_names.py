"""The files of an edition that more than one room names."""

from __future__ import annotations

CHANGES = "changes.parquet"
CHANGES_PROTECTED = "changes_protected.parquet"
PROTECTED = "protected.parquet"
PROTECTED_MANAGERS = "protected_managers.parquet"
