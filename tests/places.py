"""Where things stand that several tests need: the repository, and the editions of the small demonstration council."""

from __future__ import annotations

from datetime import date
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
SMALL_EDITIONS = (date(2026, 6, 30), date(2026, 9, 30))
