"""Where things stand that several tests need: the repository, and the editions of the small demonstration council."""

from __future__ import annotations

from datetime import date
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
SMALL_FIRST = date(2023, 10, 1)  # the least that every indicator has figures from
SMALL_EDITIONS = (date(2026, 6, 30), date(2026, 9, 30))


def first_vintage(reference: Path) -> list[Path]:
    """The published files of the reference, but for those of later years in its folders."""
    return sorted(file for file in (reference / "published").iterdir() if file.is_file())
