"""How the program knows the demonstration's records again: `demo` signs the files that it writes, `build` compares.

The signature is a keyed hash over the SHA-256 of each file. A line that is copied, or another file beside a signature
that was taken along, does not pass. It guards against mistakes: the key stands below, and whoever has the records and
the program can do with both as they like.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from improvement_board.common.files import sha256_of, write_whole

SIGNATURE = "demonstration.json"
KEY = b"improvement-board: made up by the program, nobody is meant"


def sign_demonstration(folder: Path, made: Iterable[Path]) -> None:
    """Sign the files of a folder that the program has made up, and no others, in its file `demonstration.json`."""
    files = {file.relative_to(folder).as_posix(): sha256_of(file) for file in sorted(made)}
    text = json.dumps({"files": files, "signature": _signature(files)}, indent=1)
    write_whole(folder / SIGNATURE, text + "\n")


def is_demonstration(folder: Path, files: Iterable[Path]) -> bool:
    """Whether each of these files of a folder, of which there must be one, is as it was signed there."""
    signed = _signed(folder)
    read = list(files)
    return bool(read) and all(
        file.is_relative_to(folder) and signed.get(file.relative_to(folder).as_posix()) == sha256_of(file)
        for file in read
    )


def _signed(folder: Path) -> Mapping[str, str]:
    """The files that were signed with their SHA-256; none where the signature is missing or not the program's."""
    try:
        said = json.loads((folder / SIGNATURE).read_text(encoding="utf-8"))
        files = {str(name): str(sha256) for name, sha256 in said["files"].items()}
        holds = hmac.compare_digest(_signature(files), said["signature"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    return files if holds else {}


def _signature(files: Mapping[str, str]) -> str:
    return hmac.new(KEY, json.dumps(files, sort_keys=True).encode(), hashlib.sha256).hexdigest()
