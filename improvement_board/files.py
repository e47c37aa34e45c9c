"""Writing a file whole or not at all."""

from __future__ import annotations

import uuid
from pathlib import Path


def write_whole(file: Path, text: str) -> None:
    """Write UTF-8 text beside a file's place and rename it into it: a crash leaves what was there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    staged = file.with_name(f".{file.name}.{uuid.uuid4().hex}")
    try:
        with staged.open("w", encoding="utf-8", newline="") as opened:
            opened.write(text)
        staged.replace(file)
    finally:
        staged.unlink(missing_ok=True)
