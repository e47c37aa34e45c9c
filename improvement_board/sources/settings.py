"""What a source folder says of itself: `sources.toml` (or `source.toml`, as the demonstration writes it)."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from improvement_board.errors import InputError, Problem
from improvement_board.validation import problems_of

FILE_NAMES = ("sources.toml", "source.toml")
PRECEDENCE = ("ssd", "local", "annex_a", "cin_census", "ssda903", "csww_census")


def _day(value: object) -> dt.date:
    if type(value) is not dt.date:
        raise ValueError("is not a date as TOML writes it, such as 2026-09-30 without quotes")
    return value


Day = Annotated[dt.date, BeforeValidator(_day)]


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class NamedSource(_Settings):
    """Files of one format by name or pattern, relative to the folder, and settings of the format."""

    format: str
    files: tuple[str, ...] = Field(min_length=1)
    settings: Mapping[str, Any] = Field(default_factory=dict)


class SourceSettings(_Settings):
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
        return (*named, *(one for one in PRECEDENCE if one not in named))


def read_settings(folder: Path) -> SourceSettings:
    """The settings of a source folder, the defaults where it has none. Raises InputError naming file and key."""
    there = [folder / name for name in FILE_NAMES if (folder / name).is_file()]
    if not there:
        return SourceSettings()
    if len(there) > 1:
        raise InputError(Problem(there[1], "stands beside sources.toml", allowed="one of the two"))
    file = there[0]
    try:
        return SourceSettings.model_validate(tomllib.loads(file.read_text(encoding="utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(Problem(file, f"is not valid TOML: {error}")) from error
    except ValidationError as error:
        raise InputError(problems_of(error, file)) from error
