"""For whom a file was made that waits to be fetched."""

from __future__ import annotations

import threading
from pathlib import PurePosixPath


class Handed:
    """Who was told of a file. The latest `most` files are remembered; two people whose files are alike have one."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._keys: dict[str, set[str]] = {}
        self._lock = threading.Lock()

    def note(self, address: str, key: str) -> None:
        """Note that the person of a sign-in was told of a file at an address, by the key of the sign-in."""
        name = PurePosixPath(address).name
        with self._lock:
            keys = self._keys.pop(name, set())
            self._keys[name] = keys | {key}
            while len(self._keys) > self._most:
                del self._keys[next(iter(self._keys))]

    def is_for(self, address: str, key: str) -> bool:
        """Whether the person of a sign-in was told of the file at an address."""
        with self._lock:
            return key in self._keys.get(PurePosixPath(address).name, ())
