"""A file that a page or command gives out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Download:
    """A file to save: its name and its text."""

    file_name: str
    text: str
