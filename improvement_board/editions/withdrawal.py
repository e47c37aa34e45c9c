"""Withdrawing an edition: it is kept as it was published, marked with reason and time, and served no more.

The mark is a file beside the manifest and no part of the edition: taking it away takes the withdrawal back.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from pydantic import AwareDatetime, Field, ValidationError

from improvement_board.common.files import write_whole
from improvement_board.declared.toml import Declared
from improvement_board.errors import InputError, Problem

WITHDRAWN = "withdrawn.json"


class Withdrawal(Declared):
    """Why an edition was withdrawn, and when."""

    reason: str = Field(min_length=1)
    withdrawn: AwareDatetime | None

    @property
    def day(self) -> dt.date | None:
        """The day of the withdrawal, None where the mark cannot be read."""
        return self.withdrawn.date() if self.withdrawn else None

    def sentence(self) -> str:
        """That it was withdrawn, when and why, without a full stop: for a message that names the edition."""
        when = f" on {self.day.isoformat()}" if self.day else ""
        return f"was withdrawn{when}: {self.reason}"


@dataclass(frozen=True)
class WithdrawnEdition:
    """An edition that was asked for and is withdrawn, and the one that is shown in its place (None: there is none)."""

    name: str
    withdrawal: Withdrawal
    instead: str | None


def read_withdrawal(folder: Path) -> Withdrawal | None:
    """The mark of an edition's folder, None where it has none.

    An edition whose mark cannot be read stays withdrawn: someone wanted it so.
    """
    try:
        text = (folder / WITHDRAWN).read_text(encoding="utf-8-sig")
        return Withdrawal.model_validate_json(text)
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError, ValidationError):
        return Withdrawal(reason=f"no reason can be read from {WITHDRAWN}", withdrawn=None)


def withdraw(folder: Path, reason: str) -> Withdrawal:
    """Mark an edition's folder, whole or not at all. Raises InputError for an empty reason, or where it is marked."""
    said = " ".join(reason.split())
    if not said:
        raise InputError(Problem(None, "a withdrawal needs a reason that a board member can read", column="--reason"))
    before = read_withdrawal(folder)
    if before is not None:
        raise InputError(Problem(folder, f"is withdrawn already: {before.reason}"))
    mark = Withdrawal(reason=said, withdrawn=dt.datetime.now(dt.UTC).replace(microsecond=0))
    write_whole(folder / WITHDRAWN, mark.model_dump_json(indent=1))
    return mark


def restore(folder: Path) -> None:
    """Take a withdrawal back. Raises InputError for an edition that is not withdrawn."""
    try:
        (folder / WITHDRAWN).unlink()
    except FileNotFoundError as error:
        raise InputError(Problem(folder, "is not withdrawn")) from error
