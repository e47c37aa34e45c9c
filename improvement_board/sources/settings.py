"""What a source folder says of itself: `sources.toml` (or `source.toml`, as the demonstration writes it)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from improvement_board.declared.toml import Declared, read_toml
from improvement_board.errors import InputError, Problem

FILE_NAMES = ("sources.toml", "source.toml")
PRECEDENCE = ("ssd", "local", "annex_a", "cin_census", "ssda903", "csww_census")


def _day(value: object) -> dt.date:
    if type(value) is not dt.date:
        raise ValueError("is not a date as TOML writes it, such as 2026-09-30 without quotes")
    return value


Day = Annotated[dt.date, BeforeValidator(_day)]


class NamedSource(Declared):
    """Files of one format by name or pattern, relative to the folder, and settings of the format."""

    format: str
    files: tuple[str, ...] = Field(min_length=1)
    settings: Mapping[str, Any] = Field(default_factory=dict)


class SourceSettings(Declared):
    """`wins` says which source wins where two hold the same event: by table, and `default` for the others. `ids_meet`:
    sources of the same time have the same people under the same ids, or the edition stops."""

    edition: Day | None = None
    first_day: Day | None = None
    synthetic: bool = False
    description: str = ""
    day_first: bool = True
    ids_meet: bool = True
    source: tuple[NamedSource, ...] = ()
    wins: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)

    def order_for(self, table: str) -> tuple[str, ...]:
        """The formats in the order in which they win for a table; those not named come after, in the usual order."""
        named = self.wins.get(table) or self.wins.get("default") or ()
        return (*named, *(format_name for format_name in PRECEDENCE if format_name not in named))


def read_settings(folder: Path) -> SourceSettings:
    """The settings of a source folder, the defaults where it has none. Raises InputError naming file and key."""
    there = [folder / name for name in FILE_NAMES if (folder / name).is_file()]
    if not there:
        return SourceSettings()
    if len(there) > 1:
        raise InputError(Problem(there[1], "stands beside sources.toml", allowed="one of the two"))
    return read_toml(there[0], SourceSettings)
