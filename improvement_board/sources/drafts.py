"""Drafts and copies of a table, by what they are called."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

NOT_A_LETTER = re.compile(r"[\W_]+")
DRAFT = re.compile(
    r"(?:^|_)(?:draft|old|copy(?:_of)?|copies|backup|back_up|bak|superseded|obsolete|do_not_use|not_used|unused|duplicate)"
    r"(?:_?\d{1,2})?(?=_|$)(?!_system)"
)
VERSION = re.compile(r"(?:^|_)v(?:ersion)?_?(\d{1,2})(?=_|$)")


def _plain(name: str) -> str:
    return NOT_A_LETTER.sub("_", name.casefold()).strip("_")


def is_draft(name: str) -> bool:
    """Whether a sheet or file is called a draft, an old one or a copy."""
    return DRAFT.search(_plain(name)) is not None


def drafts_among(files: Iterable[Path]) -> list[Path]:
    """The files that are called a draft, a copy or an earlier version of another that is there: the same name without
    those words, whatever kind of file it is."""
    named = [(file, _plain(file.stem)) for file in files]
    final = {name for _, name in named if not DRAFT.search(name)}
    drafts = [file for file, name in named if DRAFT.search(name) and DRAFT.sub("", name).strip("_") in final]
    versions = [
        (file, (file.parent, VERSION.sub("", name)), int(number[1]))
        for file, name in named
        if (number := VERSION.search(name))
    ]
    latest: dict[tuple[Path, str], int] = {}
    for _, folder_and_name, version in versions:
        latest[folder_and_name] = max(version, latest.get(folder_and_name, 0))
    return [
        *drafts,
        *(
            file
            for file, folder_and_name, version in versions
            if version < latest[folder_and_name] and file not in drafts
        ),
    ]
