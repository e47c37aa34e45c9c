"""The manifest of an edition: what it is made of, and the sums that show it is undamaged."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from improvement_board.common.files import sha256_of
from improvement_board.declared.ripening import Unripe
from improvement_board.declared.toml import Declared, problems_of
from improvement_board.errors import InputError, Problem

MANIFEST = "manifest.json"
FORMAT = 1
MadeFrom = Literal["records", "demonstration", "published"]
NAME = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\.([1-9]\d{0,3}))?")


@dataclass(frozen=True, order=True)
class EditionName:
    """An edition's date and revision. Written `2026-09-30`, and `2026-09-30.2` for a second publication of a date."""

    day: dt.date
    revision: int = 1

    def __str__(self) -> str:
        return self.day.isoformat() if self.revision == 1 else f"{self.day.isoformat()}.{self.revision}"

    @classmethod
    def parse(cls, text: str) -> EditionName | None:
        """The name that a text writes, or None where it writes none."""
        match = NAME.fullmatch(text)
        if not match:
            return None
        try:
            name = cls(dt.date.fromisoformat(match[1]), int(match[2] or 1))
        except ValueError:
            return None
        return name if str(name) == text else None


class SourceRecord(Declared):
    """What one file gave one table of an edition.

    `rows` are those counted. `lost` are rows left out because another source, or a later file, has the same event,
    `rejected` those kept out by an error: the three together are all that the file held. `date` is the day the file
    speaks of, `source` the format it was read as (cin_census), `title` that format's name for people.
    """

    table: str
    file: str
    rows: int
    sha256: str
    date: dt.date | None = None
    title: str = ""
    source: str = ""
    lost: int = 0
    rejected: int = 0


class KpiRecord(Declared):
    """One KPI extract of an edition and the hash of the definition it was computed by.

    `caveats` are sentences that say why its figures may be wrong: late, partial or failing data. `unripe` is the first
    month that could not be judged yet on the edition's day.
    """

    rows: int
    sha256: str
    definition: str
    parameters: Mapping[str, Any] = Field(default_factory=dict)
    source: str = ""
    note: str = ""
    caveats: tuple[str, ...] = ()
    unripe: Unripe | None = None


class CheckRecord(Declared):
    """One data check of one column and how many rows failed it. `check` is its short name, `title` says it in words."""

    check: str
    severity: str
    failures: int
    title: str = ""
    table: str | None = None
    column: str | None = None


class Manifest(Declared):
    """The whole manifest.

    `missing` names, for each KPI left out, the tables it needs. `wins`, for each table that two sources have, their
    formats in the order in which they win. `made_from` is what the command that made the edition saw: a council's own
    records, those that `demo` made, or published figures. Editions of earlier versions do not say, and count as a
    council's own. `worker_key` is the fingerprint of the key of the workers' pseudonyms, "" where none was used.
    """

    format: int
    edition: dt.date
    revision: int
    published: dt.datetime
    software: str
    council: str
    sources: tuple[SourceRecord, ...]
    kpis: Mapping[str, KpiRecord]
    missing: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    checks: tuple[CheckRecord, ...] = ()
    wins: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    files: Mapping[str, str]
    made_from: MadeFrom | None = None
    worker_key: str = ""

    @property
    def is_synthetic(self) -> bool:
        """Whether all figures come from records that the program made up."""
        return self.made_from == "demonstration"

    @property
    def is_published(self) -> bool:
        """Whether all figures are published statistics."""
        return self.made_from == "published"

    @property
    def is_own(self) -> bool:
        """Whether the figures are, or may be, of a council's own records."""
        return not (self.is_synthetic or self.is_published)

    @property
    def name(self) -> EditionName:
        """The edition's date and revision."""
        return EditionName(self.edition, self.revision)


def read_manifest(folder: Path) -> Manifest:
    """Read an edition's manifest. Raises InputError where it is missing, damaged or of another format."""
    file = folder / MANIFEST
    try:
        text = file.read_text(encoding="utf-8")
        manifest = Manifest.model_validate_json(text)
    except FileNotFoundError as error:
        raise InputError(Problem(file, "is missing: the edition was not finished")) from error
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InputError(Problem(file, f"cannot be read: {error}")) from error
    except ValidationError as error:
        raise InputError(problems_of(error, file)) from error
    if manifest.format != FORMAT:
        raise InputError(
            Problem(file, "is of another format", column="format", value=manifest.format, allowed=str(FORMAT))
        )
    if str(manifest.name) != folder.name and not folder.name.startswith("."):
        raise InputError(Problem(file, f"is of edition {manifest.name}, but stands in the folder {folder.name}"))
    return manifest


def damaged_files(folder: Path, manifest: Manifest) -> list[Problem]:
    """What is missing from an edition's folder or differs from what was published."""
    problems = []
    for name, sha256 in manifest.files.items():
        file = folder / name
        try:
            actual = sha256_of(file)
        except FileNotFoundError:
            problems.append(Problem(file, "is missing from the edition"))
        except (OSError, ValueError) as error:
            problems.append(Problem(file, f"cannot be read: {error}"))
        else:
            if actual != sha256:
                message = "is not as it was published (its SHA-256 differs): publish the edition again"
                problems.append(Problem(file, message))
    return problems
